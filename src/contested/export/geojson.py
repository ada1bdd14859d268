"""GeoJSON (RFC 7946): one feature a claim, at its point or its place, with its time and all that it says."""

import json
from typing import Any

from contested.export.claim_table import Claims
from contested.model.claim import Claim

LIMITS = (
    "one point a claim; how far from it it may have been is `radius_km`, which few maps draw. A claim whose place is "
    "not known has no geometry, and its bounds of time are properties."
)


def geojson(found: Claims) -> bytes:
    """Write claims as a collection of features; what has no known place is there without a geometry."""
    features = [_feature(claim, found) for claim in found]
    placed = sum(one["geometry"] is not None for one in features)
    told = found.about.plain(LIMITS) | {"claims": len(features), "claims_with_a_place": placed}
    whole = {"type": "FeatureCollection", "about": told, "features": features}
    return json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1).encode()


def _feature(claim: Claim, found: Claims) -> dict[str, Any]:
    spot = found.legend.places.get(claim.place or "")
    own = (claim.longitude, claim.latitude)
    named = (spot.longitude, spot.latitude) if spot else (None, None)
    point, whose = (own, "claim") if None not in own else (named, "list of places")
    is_placed = None not in point
    start, end = claim.ends()
    radius = claim.radius_km if whose == "claim" else spot and spot.radius_km
    told = claim.model_dump(mode="json", exclude={"latitude", "longitude", "radius_km"}) | {
        "account_label": found.legend.label(claim.account),
        "place_label": spot.label if spot else None,
        "standing": found.standing.get(claim.claim_id, "standing"),
        "start": start.isoformat() if start else None,
        "end": end.isoformat() if end else None,
        "point_from": whose if is_placed else None,
        "radius_km": radius if is_placed else None,
    }
    geometry = {"type": "Point", "coordinates": list(point)} if is_placed else None
    return {"type": "Feature", "id": claim.claim_id, "geometry": geometry, "properties": told}
