"""Tables as strangers keep them: headings in two rows, notes below, merged cells, several units a row, counted days."""

import io
import json
import os
import shutil
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest
import xlsxwriter

import contested
from contested import Claim, Problem
from contested.ingest.cells.number import read_count
from contested.ingest.formats import rows
from contested.ingest.guesses import left_out, proposed
from contested.ingest.mapping import written
from contested.ingest.options import Given
from contested.ingest.reader import numbered
from contested.ingest.row import flat
from contested.model.language import listed
from contested.model.problem import UnreadableFileError

ZONE = "Europe/Berlin"
RESPONSES = Path(__file__).parents[3] / "shared" / "fixtures" / "response"


@pytest.fixture
def read(tmp_path):
    """Read a table as its mapping is proposed: its claims, and what is said of it."""

    def table(content, file="table.csv", **said):
        path = tmp_path / file
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        some = [flat(row) for _, row in islice(rows(path, Given(file)), 200) if not isinstance(row, Problem)]
        mapping = proposed(list(some[0]), some, file).model_copy(update={"zone": ZONE} | said)
        found = list(numbered(path, Given(file, mapping=written(mapping))))
        return [one for _, one in found if isinstance(one, Claim)], [
            one for _, one in found if isinstance(one, Problem)
        ]

    return table


def stamps(claims):
    """Give the clock of each milestone, by event and unit."""
    told = {}
    for one in claims:
        told.setdefault((one.event_id, one.subkind), {})[str(one.kind)] = f"{one.began_latest:%d %H:%M}"
    return told


def killed(claims):
    return [(one.began_earliest.date().isoformat(), one.best) for one in claims if one.measure == "killed"]


def codes(problems):
    return [(one.code, one.row) for one in problems]


def test_of_two_rows_of_headings_the_lower_one_names_the_columns(read):
    found, said = read("Event,,Casualties,\nDate,Place,Killed,Injured\n25.03.2021,Berg,3,12\n26.03.2021,Tal,1,0\n")

    assert killed(found) == [("2021-03-25", 3), ("2021-03-26", 1)]
    assert codes(said) == [("W-HEAD-TWO", 1)]


def test_of_two_rows_of_headings_the_upper_one_parts_columns_of_one_name(tmp_path):
    path = tmp_path / "two.csv"
    path.write_text(",,Army,,Police,\nDate,Place,Killed,Injured,Killed,Injured\n25.03.2021,Berg,3,12,4,9\n")

    [_, (_, row)] = rows(path, Given("two.csv"))

    assert list(row) == ["Date", "Place", "Army: Killed", "Army: Injured", "Police: Killed", "Police: Injured"]


def test_notes_totals_and_headings_between_rows_are_no_events(read):
    found, said = read(
        "Date;Place;Killed;Injured\nMarch 2021;;;\n25.03.2021;Berg;3;12\n26.03.2021;Tal;1;0\nTotal;;4;12\n"
        "Source: police, as of 1.4.2021;;;\n* provisional;;;\n"
    )

    assert killed(found) == [("2021-03-25", 3), ("2021-03-26", 1)]
    assert codes(said) == [("W-ROW-PASSED", number) for number in (2, 5, 6, 7)]


def test_a_row_of_units_under_the_headings_is_no_call(read):
    found, said = read(
        "Call,Received,Arrived,Ward\n,local time,local time,\n"
        "1,2024-05-01 10:00,2024-05-01 10:07,N\n2,2024-05-01 11:00,2024-05-01 11:12,S\n"
    )

    assert stamps(found)["1", None] == {"call": "01 10:00", "arrival": "01 10:07"}
    assert codes(said) == [("W-ROW-PASSED", 2)]


def test_a_merged_day_is_the_day_of_each_of_its_rows_and_a_merged_number_of_the_first_only(read):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Date", "Place", "Killed"])
        sheet.write_column(1, 1, ["Berg", "Tal"])
        sheet.merge_range("A2:A3", "25/03/2021")
        sheet.merge_range("C2:C3", 7)

    found, said = read(file.getvalue(), "table.xlsx")

    assert [(one.place, one.began_earliest.day) for one in found if one.measure is None] == [("Berg", 25), ("Tal", 25)]
    assert killed(found) == [("2021-03-25", 7)]
    assert ("W-XLSX-MERGED", None) in codes(said)


@pytest.mark.parametrize("never", ["Never", "not arrived", "Cancelled", "unknown", "nicht eingetroffen", "не прибыла"])
def test_words_for_no_arrival_leave_the_call_without_one(read, never):
    found, said = read(
        f"Call,Received,Sent,Arrived,Cleared\n1,2024-05-01 10:00,2024-05-01 10:01,{never},2024-05-01 10:20\n"
        "2,2024-05-01 11:00,2024-05-01 11:01,2024-05-01 11:12,2024-05-01 11:40\n"
    )

    assert stamps(found)["1", None] == {"call": "01 10:00", "dispatch": "01 10:01", "end": "01 10:20"}
    assert codes(said) == [("W-TIME-NONE", 2)]


def test_units_with_columns_of_their_own_are_responses_of_their_own(read):
    found, _ = read(
        "Incident,Received,Unit 1,Unit 1 Sent,Unit 1 Arrived,Unit 2,Unit 2 Sent,Unit 2 Arrived\n"
        "A,2024-05-01 10:00,E1,2024-05-01 10:01,2024-05-01 10:06,L2,2024-05-01 10:02,2024-05-01 10:09\n"
        "B,2024-05-01 12:00,E3,2024-05-01 12:01,2024-05-01 12:05,,,\n"
    )

    assert stamps(found) == {
        ("A", "E1"): {"call": "01 10:00", "dispatch": "01 10:01", "arrival": "01 10:06"},
        ("A", "L2"): {"call": "01 10:00", "dispatch": "01 10:02", "arrival": "01 10:09"},
        ("B", "E3"): {"call": "01 12:00", "dispatch": "01 12:01", "arrival": "01 12:05"},
    }


def test_units_named_before_each_stamp_are_responses_of_their_own_also_past_midnight(read):
    found, _ = read(
        'Run,Day,Received,Sent,On scene\n7,13/05/2024,23:50,"E1=23:51; L2=00:10","L2=00:20"\n'
        "8,14/05/2024,09:00,E1=09:01,E1=09:06\n"
    )

    assert stamps(found)["7", "L2"] == {"call": "13 23:50", "dispatch": "14 00:10", "arrival": "14 00:20"}
    assert stamps(found)["7", "E1"] == {"call": "13 23:50", "dispatch": "13 23:51"}


def test_the_day_of_an_alarm_is_the_day_of_the_clocks_beside_it(read):
    found, _ = read(
        "Incident Number,Alarm Date,Alarm Time,First Arrival Time\n"
        "F1,1/07/2024,00:01:10,00:08:40\nF2,31/07/2024,23:59:50,00:06:00\n"
    )

    assert stamps(found) == {
        ("F1", None): {"call": "01 00:01", "arrival": "01 00:08"},
        ("F2", None): {"call": "31 23:59", "arrival": "01 00:06"},
    }


def test_a_clock_alone_has_the_day_of_the_first_stamp_of_its_row(read):
    found, _ = read("Call,Received,Arrived\n1,2024-05-13 10:00,10:06\n2,2024-05-13 23:58,00:05\n")

    assert stamps(found) == {
        ("1", None): {"call": "13 10:00", "arrival": "13 10:06"},
        ("2", None): {"call": "13 23:58", "arrival": "14 00:05"},
    }


def test_a_name_that_may_be_a_length_is_a_stamp_where_its_clocks_follow_those_of_the_calls(read):
    head = "Номер карты;Дата вызова;Время поступления;Время прибытия\n"

    stamped, _ = read(head + "1;13.05.2024;10:00;10:09\n2;14.05.2024;23:58;00:07\n")
    lengths, _ = read(head + "1;13.05.2024;10:00;09:00\n2;14.05.2024;23:58;07:30\n")

    assert [one["arrival"] for one in stamps(stamped).values()] == ["13 10:09", "15 00:07"]
    assert [one["arrival"] for one in stamps(lengths).values()] == ["13 10:09", "15 00:05"]


def test_a_table_of_which_no_column_is_known_is_refused(read):
    with pytest.raises(UnreadableFileError, match="the mapping names no column"):
        read("Xyz,Qrs\nfoo,bar\nbaz,qux\n")


def test_numbers_of_days_are_read_where_the_mapping_says_that_they_count_days(read):
    log = "Call No,Received,On scene\n1,44280.4166667,44280.4215278\n2,44280.9993056,44281.0034722\n"

    found, said = read(log)
    _, refused = read(log, serials=False)

    assert stamps(found) == {
        ("1", None): {"call": "25 10:00", "arrival": "25 10:07"},
        ("2", None): {"call": "25 23:59", "arrival": "26 00:05"},
    }
    assert codes(said) == [("W-DATE-SERIAL", 2)]
    assert codes(refused) == [("E-DATE-SERIAL", 2), ("E-DATE-SERIAL", 3)]


def test_numbers_of_days_may_have_a_decimal_comma(read):
    found, said = read("Call No;Received;On scene\n1;44280,4166667;44280,4215278\n2;44280,5;44280,5048611\n")

    assert stamps(found) == {
        ("1", None): {"call": "25 10:00", "arrival": "25 10:07"},
        ("2", None): {"call": "25 12:00", "arrival": "25 12:07"},
    }
    assert codes(said) == [("W-DATE-SERIAL", 2)]


def test_a_german_sheet_with_decimal_commas_and_no_figure_is_read(read):
    found, said = read(
        "Datum;Uhrzeit;Ort;Breite;Länge;Tote;Verletzte\n"
        "05.03.2021;18:00 Uhr;Flussdorf;43,1234;75,4321;1.234;12\n"
        "25.03.2021;abends;Hügel;43,2;75,5;k. A.;mindestens 3\n"
    )

    assert {(one.latitude, one.longitude) for one in found} == {(43.1234, 75.4321), (43.2, 75.5)}
    assert [(one.low, one.best, one.high) for one in found if one.measure] == [
        (None, 1234, None),
        (None, 12, None),
        (3, None, None),
    ]
    assert {one.code for one in said} == {"W-NUM-VAGUE", "W-TIME-VAGUE"}


def test_words_for_unknown_are_read_in_every_language():
    words = listed("unknown", "count")

    assert not [word for word in words if set(word) & set("?\\[]()*+")], "words, not patterns"
    assert all(read_count(word).rule == "unknown" for word in words)


def test_titles_footnotes_and_totals_around_a_table_are_no_events(read):
    found, said = read(
        "Incidents in the region,,,\nSource: Ministry,,,\n\nDate,Place,What happened,Killed*\n"
        "5 March 2021,Rivertown,Attack,10\n25 March 2021,Hilltown,Shelling,3\n* preliminary,,,\nTotal,,,13\n"
    )

    assert killed(found) == [("2021-03-05", 10), ("2021-03-25", 3)]
    assert codes(said) == [("W-HEAD-TITLE", 1), ("W-HEAD-TITLE", 2), ("W-ROW-PASSED", 7), ("W-ROW-PASSED", 8)]


def test_sides_are_known_in_kazakh(read):
    found, _ = read("Күні,А жағы,Б жағы\n5 наурыз 2021,Патрульге шабуыл,Патруль бірінші атты\n")

    assert [one.account for one in found] == ["А жағы", "Б жағы"]


def test_times_nested_in_json_have_columns_of_their_own(read):
    line = {"id": 1, "unit": "E1", "times": {"received": 1715594400, "dispatched": 1715594460, "arrived": 1715594760}}

    found, _ = read(json.dumps(line) + "\n", "log.jsonl")

    assert [f"{one.kind} {one.began_latest:%H:%M}" for one in found] == [
        "call 10:00",
        "dispatch 10:01",
        "arrival 10:06",
    ]


def test_a_figure_of_which_only_bounds_are_told_says_them(read):
    found, _ = read("Date,Place,Deaths min,Deaths max\n2021-03-25,Berg,3,10\n2021-03-26,Tal,4,4\n")

    assert [one.summary for one in found if one.measure] == ["Killed: 3 to 10", "Killed: 4"]


def test_columns_of_which_nothing_is_known_are_named():
    table = [{"Date": "2021-03-25", "Killed (government)": "3", "Killed (opposition)": "10", "Empty": ""}]

    assert left_out(proposed(list(table[0]), table, "t.csv"), table) == ["Killed (government)", "Killed (opposition)"]


def test_the_log_of_ross_valley_is_read_by_the_mapping_that_is_proposed_as_by_its_codebook(tmp_path):
    whole = RESPONSES / "rvfd_calls.extract2000.csv"
    if not whole.is_file():
        pytest.skip("the fixtures do not lie beside this checkout")
    path = tmp_path / "calls.csv"
    path.write_text("".join(whole.read_text().splitlines(keepends=True)[:150]))
    some = [row for _, row in islice(rows(path), 200)]
    mapping = written(proposed(list(some[0]), some, path.name))

    def told(**said):
        found = numbered(path, Given(path.name, "America/Los_Angeles", **said))
        return {(row, one.subkind, one.kind): one.began_latest for row, one in found if isinstance(one, Claim)}

    assert told(mapping=mapping) == told()


def test_a_language_is_one_file(tmp_path):
    """A file beside the others is all that a table in a new language needs."""
    shutil.copytree(Path(contested.__file__).parent, tmp_path / "contested", ignore=shutil.ignore_patterns("*.pyc"))
    (tmp_path / "contested/model/languages/eo.toml").write_text(
        '[columns]\nwhen.names = ["dato"]\nplace.names = ["loko"]\nkilled.names = ["mortigitaj"]\n'
    )
    (tmp_path / "t.csv").write_text("Dato,Loko,Mortigitaj\n2021-03-25,Monto,3\n")
    command = [sys.executable, "-m", "contested", "map", str(tmp_path / "t.csv")]

    told = subprocess.run(  # noqa: S603 our own program
        command, env=os.environ | {"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=True
    )

    assert json.loads(told.stdout)["columns"] == {"Dato": "when", "Loko": "place", "Mortigitaj": "killed"}


@pytest.mark.parametrize(
    ("table", "waits"),
    [
        (
            (
                "Einsatz-Nr;Prio;Notruf angenommen;Alarmierung;An Einsatzstelle;Einsatzende\n"
                "1;2;28.02.31 23:55:10;28.02.31 23:56:00;01.03.31 00:03:10;01.03.31 01:10:00\n"
            ),
            {"call": "28 23:55", "dispatch": "28 23:56", "arrival": "01 00:03", "end": "01 01:10"},
        ),
        (
            (
                "Numéro d'appel;Reçu le;Assigné le;Arrivé le;Terminé le;Poste de quartier\n"
                "P1;2031-03-02 00:00:00;2031-03-02 00:01:00;2031-03-02 00:08:00;2031-03-02 24:00:00;PDQ 5\n"
            ),
            {"call": "02 00:00", "dispatch": "02 00:01", "arrival": "02 00:08", "end": "03 00:00"},
        ),
        (
            (
                "Folio;Fecha y hora de recepción;Tiempo de despacho (seg);Tiempo de respuesta (seg);Alcaldía\n"
                "F-1;13/04/2031 10:00:00;60;360;Norte\n"
            ),
            {"call": "13 10:00", "dispatch": "13 10:01", "arrival": "13 10:06"},
        ),
        (
            (
                "Шақыру нөмірі;Бригада;Қабылданды;Бригадаға берілді;Келген уақыты\n"
                "S1;B7;25.03.2031 10:00;25.03.2031 10:01;25.03.2031 10:09\n"
            ),
            {"call": "25 10:00", "dispatch": "25 10:01", "arrival": "25 10:09"},
        ),
    ],
)
def test_a_log_of_another_house_is_read_as_its_mapping_is_proposed(read, table, waits):
    found, wrong = read(table)
    assert [*stamps(found).values()] == [waits]
    assert [one for one in wrong if one.severity == "error"] == []


def test_nines_are_no_length_of_a_response(read):
    head = "Run No,Alarm Date,Alarm Time,Minutes to Dispatch,Minutes to Arrival\n"
    found, wrong = read(f"{head}1,02.03.2031,14:00,1.5,8.0\n2,02.03.2031,15:00,0.5,9999\n3,15.03.2031,16:00,0.5,999\n")
    waits = stamps(found)
    assert waits["1", None] == {"call": "02 14:00", "dispatch": "02 14:01", "arrival": "02 14:08"}
    assert [one.get("arrival") for one in waits.values()] == ["02 14:08", None, None]
    assert codes(wrong) == [("W-DURATION", 3), ("W-DURATION", 4)]


def test_999_seconds_are_a_length(read):
    found, wrong = read("call_id,call_received,response_seconds\n1,2031-03-02 10:00:00,999\n")
    assert stamps(found)["1", None] == {"call": "02 10:00", "arrival": "02 10:16"}
    assert wrong == []


def test_a_column_called_by_a_sentence_is_known_by_how_it_begins(read):
    head = "Victim's name,Date of Incident (month/day/year),City,Agency responsible for death"
    head += ",A brief description of the circumstances surrounding the death,Link to news article or photo of it\n"
    found, wrong = read(f"{head}One,4/14/2021,Smallville,County Sheriff,A man died,https://example.org/1\n")
    [one] = found
    assert (one.began_earliest.date().isoformat(), one.place, one.summary) == ("2021-04-14", "Smallville", "A man died")
    assert json.loads(one.groups) == {"Agency responsible for death": "County Sheriff"}
    assert (one.source_id, wrong) == ("https://example.org/1", [])


def test_a_field_of_a_field_is_known_by_its_own_name(read):
    event = {"uid": "A", "start": {"date": "2021-03-25"}, "casualties": {"killed": 3, "injured": 12}, "title": "x y"}
    found, _ = read(json.dumps([event]), "events.json")
    assert [(one.event_id, one.measure, one.best) for one in found if one.measure] == [
        ("A", "killed", 3),
        ("A", "injured", 12),
    ]


def test_who_says_it_is_the_account_of_each_row(read):
    head = "Incident,When,Who says,What they say,Dead\n"
    found, _ = read(
        f"{head}Bridge,25 March 2021 18:00,Army,We came under fire,3\nBridge,25 March 2021,Villagers,No,12\n"
    )
    assert [(one.account, one.best) for one in found if one.measure] == [("Army", 3), ("Villagers", 12)]


@pytest.mark.parametrize(
    ("head", "day", "clock"),
    [
        ("Fecha,Hora,Según el ejército,Según los vecinos", "6 de marzo de 2021", "17:00 a 05:00"),
        ("Date,Heure,Version de l'armée,Version des habitants", "6 mars 2021", "17h à 5h"),
        ("Datum,Uhrzeit,Seite A sagt,Seite B sagt", "6. März 2021", "17 bis 5 Uhr"),
        ("Күні,Уақыты,А жағы айтады,Б жағы айтады", "2021 жылғы 6 наурыз", "17:00-05:00"),
        ("Дата,Час,Сторона А повідомляє,Сторона Б повідомляє", "6 березня 2021", "з 17 до 5"),
        ("Дата,Время,Сторона А сообщает,Сторона Б сообщает", "6 марта 2021 г.", "с 17 до 05"),
    ],
)
def test_a_sheet_of_two_sides_is_read_in_its_language(read, head, day, clock):
    found, _ = read(f"{head}\n{day},{clock},yes,no\n")
    assert len({one.account for one in found}) == 2
    assert {f"{one.began_earliest:%d %H:%M} {one.ended_latest:%d %H:%M}" for one in found} == {"06 17:00 07 05:00"}


def test_a_figure_in_brackets_is_of_the_account_that_another_column_names(read):
    head = "Event ID,Date,Killed (police),Killed (hospital),Killed (press),Police say,Hospital says\n"
    found, _ = read(f"{head}B1,25/03/2021,3,5,9,Three attackers died,Five bodies came in\n")
    assert [(one.account, one.best) for one in found if one.measure] == [("Police", 3), ("Hospital", 5)]


@pytest.mark.parametrize(
    "head", ["Кто говорит,Когда,Где,Что,Убито", "Wer sagt,Wann,Wo,Was,Tote", "Qui dit,Quand,Où,Quoi,Morts"]
)
def test_columns_may_be_called_by_questions(read, head):
    found, _ = read(f"{head}\nArmy,25.03.2021 18:00,Bridge,A column was attacked,3\n")
    assert {(one.account, one.place, f"{one.began_earliest:%d %H:%M}") for one in found} == {
        ("Army", "Bridge", "25 18:00")
    }


def test_a_status_is_of_the_unit_whose_id_stands_beside_it(read):
    head = "EventNumber;UnitID;StatusDescription;StatusDateTime\n"
    found, _ = read(f"{head}9;M4;Dispatched;2031-03-02 10:01:00\n9;M4;Arrived On Scene;2031-03-02 10:09:00\n")
    assert stamps(found) == {("9", "M4"): {"dispatch": "02 10:01", "arrival": "02 10:09"}}
