"""Logs of many houses, whatever their language, their letters, their clocks and their shape: the same minutes."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested import Claim, Problem
from contested.ingest.formats import rows
from contested.ingest.guesses import proposed
from contested.ingest.mapping import written
from contested.ingest.options import Given
from contested.ingest.reader import numbered
from contested.ingest.row import name

ZONE = "America/New_York"
CALLS = (datetime(2031, 3, 5, 10, 1, 5), datetime(2031, 3, 15, 23, 58, 10))  # noqa: DTZ001 clocks of the log
AFTER = {"call": 0, "dispatch": 62, "en_route": 130, "arrival": 671, "end": 3600}
"""Seconds after the call."""


def read(folder, content, file="log.csv", **said):
    """Read a log as its mapping is proposed."""
    path = folder / file
    path.write_bytes(content)
    some = [row for _, row in rows(path, Given(file)) if not isinstance(row, Problem)]
    mapping = proposed(list(some[0]), some, file).model_copy(update={"zone": ZONE} | said)
    return [one for _, one in numbered(path, Given(file, mapping=written(mapping)))]


def seconds(found):
    """Give the seconds from the call to each milestone, by event."""
    claims = [one for one in found if isinstance(one, Claim)]
    begun = {one.event_id: one.began_latest for one in claims if one.kind == "call"}
    told = {}
    for one in claims:
        told.setdefault(one.event_id, {})[str(one.kind)] = (one.began_latest - begun[one.event_id]).total_seconds()
    return told


def errors(found):
    return [one for one in found if isinstance(one, Problem) and one.severity == "error"]


def text_of(table, delimiter=","):
    told = io.StringIO()
    csv.writer(told, delimiter=delimiter, lineterminator="\n").writerows(table)
    return told.getvalue()


HEADS = {
    "en": ("Incident No.", "Apparatus", "Call Received", "Dispatched", "En Route", "Arrived On Scene", "Cleared"),
    "en, short": ("Inc #", "Unit", "Rec'd", "Disp", "Enrt", "Arrv", "Clr"),
    "en, camel": (
        "IncidentId",
        "UnitId",
        "TimeReceived",
        "TimeDispatched",
        "TimeEnroute",
        "TimeArrived",
        "TimeCleared",
    ),
    "ru": (
        *("Номер вызова", "Бригада", "Время поступления вызова", "Время передачи вызова бригаде"),
        *("Время выезда на вызов", "Время прибытия на место", "Время окончания вызова"),
    ),
    "kk": (
        *("Шақыру нөмірі", "Бригада", "Шақыру түскен уақыты", "Бригадаға жіберілген уақыты"),
        *("Шығу уақыты", "Келу уақыты", "Аяқталу уақыты"),
    ),
    "uk": (
        *("№ виклику", "Бригада", "Час надходження виклику", "Час передачі виклику бригаді"),
        *("Час виїзду", "Час прибуття", "Час завершення"),
    ),
    "de": (
        *("Einsatznummer", "Fahrzeug", "Notrufeingang", "Alarmierungszeit"),
        *("Ausrückzeit", "Eintreffzeit", "Einsatzende"),
    ),
    "fr": (
        *("N° intervention", "Engin", "Heure d'appel", "Heure d'engagement"),
        *("Heure de départ", "Heure d'arrivée", "Heure de fin"),
    ),
    "es": (
        *("Número de incidente", "Unidad", "Hora de llamada", "Hora de despacho"),
        *("Hora de salida", "Hora de llegada", "Hora de cierre"),
    ),
}
WAYS = {
    "ISO": lambda at: at.isoformat(" "),
    "ISO without marks": lambda at: f"{at:%Y%m%dT%H%M%S}",
    "fourteen digits": lambda at: f"{at:%Y%m%d%H%M%S}",
    "dots": lambda at: f"{at:%d.%m.%Y %H:%M:%S}",
    "day first": lambda at: f"{at:%d/%m/%Y %H:%M:%S}",
    "month first, 12 hours": lambda at: f"{at:%m/%d/%Y %I:%M:%S %p}",
    "12 hours, p. m.": lambda at: f"{at:%d/%m/%Y %I:%M:%S} {'p. m.' if at.hour > 11 else 'a. m.'}",
    "Oracle": lambda at: f"{at:%d-%b-%Y %I.%M.%S %p}".upper(),
    "SQL Server": lambda at: f"{at:%b %d %Y %I:%M:%S%p}",
    "seconds since 1970": lambda at: f"{at.timestamp():.0f}",
    "milliseconds since 1970": lambda at: f"{at.timestamp() * 1000:.0f}",
    "microseconds since 1970": lambda at: f"{at.timestamp() * 1e6:.0f}",
}


def wide(head, way):
    stamped = [[way(call + timedelta(seconds=after)) for after in AFTER.values()] for call in CALLS]
    return [head, *([str(number), f"E{number}", *told] for number, told in enumerate(stamped, start=1))]


SAME = {"1": AFTER, "2": AFTER}


@pytest.mark.parametrize("language", HEADS)
@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16")])
def test_a_log_is_read_in_any_language(tmp_path, language, delimiter, encoding):
    found = read(tmp_path, text_of(wide(HEADS[language], WAYS["dots"]), delimiter).encode(encoding))

    assert seconds(found) == SAME
    assert {one.subkind for one in found if isinstance(one, Claim)} == {"E1", "E2"}
    assert not errors(found)


@pytest.mark.parametrize("way", WAYS)
def test_a_log_is_read_however_its_clocks_are_written(tmp_path, way):
    found = read(tmp_path, text_of(wide(HEADS["en"], WAYS[way])).encode())

    assert seconds(found) == SAME
    assert not errors(found)


@settings(max_examples=40)
@given(
    st.sampled_from(sorted(HEADS)),
    st.sampled_from(sorted(WAYS)),
    st.sampled_from(",;\t|"),
    st.permutations(range(len(HEADS["en"]))),
)
def test_whatever_the_order_of_its_columns_a_log_tells_the_same(tmp_path_factory, language, way, delimiter, order):
    table = [[row[place] for place in order] for row in wide(HEADS[language], WAYS[way])]

    assert seconds(read(tmp_path_factory.mktemp("log"), text_of(table, delimiter).encode())) == SAME


STATUSES = {
    "en": ("Call received", "Unit dispatched", "En route", "On scene", "Call closed"),
    "letters": ("RCVD", "DSP", "ENR", "ARV", "CLR"),
    "ru": ("Принят", "Назначена бригада", "Выехала", "Прибыла на место", "Завершён"),
    "kk": ("Қабылданды", "Жіберілді", "Жолға шықты", "Келді", "Аяқталды"),
    "uk": ("Прийнято", "Призначено", "Виїхала", "Прибула", "Завершено"),
    "de": ("Notruf", "Alarmiert", "Ausgerückt", "Eingetroffen", "Frei"),
    "fr": ("Appel reçu", "Engagé", "Départ", "Arrivée sur les lieux", "Terminé"),
    "es": ("Llamada", "Despachado", "En camino", "En el lugar", "Finalizado"),
}


def long(words, head=("Incident", "Unit", "Status", "Time")):
    told = [
        [number, f"E{number}", word, (call + timedelta(seconds=after)).isoformat(" ")]
        for number, call in enumerate(CALLS, start=1)
        for word, after in zip(words, AFTER.values(), strict=True)
    ]
    return [list(head), *told]


@pytest.mark.parametrize("language", STATUSES)
def test_a_log_of_one_row_a_status_is_read_into_milestones(tmp_path, language):
    found = read(tmp_path, text_of(long(STATUSES[language])).encode())

    assert seconds(found) == SAME
    assert {(one.subkind, one.time_basis) for one in found} == {("E1", "logged"), ("E2", "logged")}
    assert {one.summary for one in found if one.kind == "arrival"} == {"Unit arrived"}


@pytest.mark.parametrize(
    "head", [("CAD ID", "Veh", "Status Code", "Changed at"), ("Einsatz", "Fahrzeug", "FMS-Status", "Zeitpunkt")]
)
def test_a_status_in_bare_numbers_is_asked_for_and_never_guessed(tmp_path, head):
    content = text_of(long("13478", head)).encode()
    found = read(tmp_path, content)

    assert {(one.code, one.column) for one in found} == {("E-CODE", name(head[2]))}
    assert "nobody has said what 1 means" in found[0].reason
    path = tmp_path / "log.csv"
    some = [row for _, row in rows(path, Given(path.name))]
    mapping = proposed(head, some, path.name)
    assert mapping.columns[head[2]].meanings == dict.fromkeys("13478", "")
    said = mapping.columns[head[2]].model_copy(update={"meanings": dict(zip("13478", AFTER, strict=True))})
    assert seconds(read(tmp_path, content, columns=dict(mapping.columns) | {head[2]: said})) == SAME


def test_a_description_beside_a_code_tells_what_the_code_means(tmp_path):
    words = [f"{number},{word}" for number, word in zip((10, 20, 30, 40, 90), STATUSES["en"], strict=True)]
    table = text_of(long(words, ("Incident", "Unit", "Status code,Status", "Time"))).replace('"', "")

    assert seconds(read(tmp_path, table.encode())) == SAME


def test_a_unit_that_is_cleared_without_arriving_has_no_arrival(tmp_path):
    table = [["Call No", "Date", "Time", "Status", "Vehicle"]]
    told = (("A1", "Dispatched", "23:59:00"), ("A2", "Dispatched", "23:59:30"), ("A2", "Cancelled", "24:00:00"))
    table += [["1", "15/03/2031", at, status, unit] for unit, status, at in told]
    table += [["1", "16/03/2031", "00:05:00", "On scene", "A1"], ["1", "16/03/2031", "01:00:00", "Clear", "A1"]]
    found = read(tmp_path, text_of(table).encode())

    assert [(one.subkind, str(one.kind), one.began_latest.isoformat()[8:19]) for one in found] == [
        ("A1", "dispatch", "15T23:59:00"),
        ("A2", "dispatch", "15T23:59:30"),
        ("A2", "end", "16T00:00:00"),
        ("A1", "arrival", "16T00:05:00"),
        ("A1", "end", "16T01:00:00"),
    ]


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        ("Response time (s)", "671"),
        ("Response Time (mm:ss)", "11:11"),
        ("Total response time, min", "11.1833333"),
        ("Время прибытия, мин", "11,1833333"),
        ("Délai d'intervention (min)", "11,1833333"),
    ],
)
def test_a_length_is_known_by_its_unit(tmp_path, head, cell):
    table = [["Incident", "Call received", head], *([str(n), at.isoformat(" "), cell] for n, at in enumerate(CALLS))]

    told = seconds(read(tmp_path, text_of(table, ";").encode()))

    assert [round(one["arrival"]) for one in told.values()] == [671, 671]


def test_a_length_and_a_stamp_of_one_name_are_told_apart_by_their_cells(tmp_path):
    table = [[*wide(HEADS["en"], WAYS["ISO"])[0]], *wide(HEADS["en"], WAYS["ISO"])[1:]]
    table[0][5] = "Response time"
    table[0][4] = "x"

    assert seconds(read(tmp_path, text_of(table).encode()))["1"]["en_route"] == AFTER["arrival"]


def test_the_number_of_a_call_is_no_stamp_of_it(tmp_path):
    table = [["Call #", "Call type", "Call date", "Call", "Arrival"], ["31-1", "B1", "3/14/2031", "2355", "0004"]]
    [*told] = read(tmp_path, text_of(table).encode())

    assert seconds(told) == {"31-1": {"call": 0, "arrival": 540}}


# Sheets


def claims(found, measure):
    return [
        (one.account, one.low, one.best, one.high) for one in found if isinstance(one, Claim) and one.measure == measure
    ]


@pytest.mark.parametrize(
    "head",
    [
        ("Killed (army says)", "Killed (rebels say)"),
        ("Army says: killed", "Rebels say: killed"),
        ("Killed according to army", "Killed according to rebels"),
        ("Убито, по данным army", "Убито, по данным rebels"),
    ],
)
def test_figures_of_two_accounts_stand_side_by_side(tmp_path, head):
    table = [["Date", "Place", "What happened", *head], ["2021-03-05", "Willow", "Shelling", "3", "at least 10"]]
    found = read(tmp_path, text_of(table).encode())

    assert [(who.lower(), *told) for who, *told in claims(found, "killed")] == [
        ("army", None, 3, None),
        ("rebels", 10, None, None),
    ]
    assert len({one.event_id for one in found if isinstance(one, Claim)}) == 1
    assert len({one.claim_id for one in found if isinstance(one, Claim)}) == 3


def test_a_time_of_day_at_the_end_is_of_the_day_as_its_column_writes_it(tmp_path):
    table = [
        ["Date", "Start", "End", "Text"],
        ["3/25/2021", "18:00", "20:00", "x"],
        ["4/2/2021", "23:00", "01:30", "y"],
    ]
    found = [one for one in read(tmp_path, text_of(table).encode()) if isinstance(one, Claim)]

    assert [one.ended_latest.isoformat()[:16] for one in found] == ["2021-03-25T20:00", "2021-04-03T01:30"]


@pytest.mark.parametrize(("yes", "no"), [("1", "0"), ("yes", "no"), ("да", "нет")])
def test_one_row_a_victim_is_counted_by_a_column_that_says_yes(tmp_path, yes, no):
    table = [["Case no.", "Date", "Victim", "Killed"]]
    table += [["A1", "2021-03-05", who, yes if who != "Two" else no] for who in ("One", "Two", "Three")]
    found = read(tmp_path, text_of(table).encode())

    assert claims(found, "killed") == [("log", None, 2, None)]


def test_words_of_which_each_is_one_row_are_what_happened(tmp_path):
    table = [["Date", "Event", "Killed"], ["2021-03-05", "Patrol attacked", "3"], ["2021-03-06", "A quiet day", "0"]]
    found = [one for one in read(tmp_path, text_of(table).encode()) if isinstance(one, Claim)]

    assert [one.summary for one in found if one.measure is None] == ["Patrol attacked", "A quiet day"]
    assert len({one.event_id for one in found}) == 2
