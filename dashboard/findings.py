"""The findings that a story opens with: three sentences, each with its label and a quiet line."""

from collections.abc import Sequence

import streamlit as st

from contested.chart import Finding
from contested.drawing import html


def show(findings: Sequence[Finding]) -> None:
    """Show up to three findings beside each other."""
    with st.container(key="findings", gap=None):
        for column, finding in zip(st.columns(3, gap="medium"), findings, strict=False):
            column.html(written(finding))


def written(finding: Finding) -> str:
    """Write a finding as HTML."""
    return (
        f'<section class="finding"><p class="label">{html(finding.label)}</p><h2>{html(finding.sentence)}</h2>'
        f'<p class="quiet">{html(finding.quiet)}</p></section>'
    )
