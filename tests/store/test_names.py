import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Connection
from store.knowledge.people import find_people, mistyped_people
from store.names import sound
from store.text import fold


@pytest.mark.parametrize(
    ("spellings"),
    [
        ("Zelensky", "Zelenskyy", "Zelenskiy", "Selenskyj", "Zelenskij", "Зеленський"),
        ("Sergey", "Sergei", "Sergej", "Сергей"),
        ("Dmytro", "Dmitro", "Дмитро"),
        ("Lavrov", "Lawrow", "Lavroff", "Лавров"),
        ("Ryabkov", "Riabkov", "Rjabkow", "Рябков"),
        ("Oreshkin", "Oreschkin"),
        ("Alexander", "Aleksandr", "Aleksander"),
        ("Yevgeny", "Evgeny", "Jewgenij"),
        ("Kharkiv", "Harkiv"),
        ("Yuri", "Iouri", "Juri", "Yury"),
        ("Sherman", "Shermann", "Schermann"),
    ],
)
def test_spellings_of_one_name_sound_alike(spellings: tuple[str, ...]) -> None:
    assert len({sound(fold(spelling)) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Putin", "Rutte"), ("Vladimir", "Volodymyr"), ("Biden", "Baden"), ("Lavrov", "Larov")],
)
def test_other_names_sound_otherwise(one: str, other: str) -> None:
    assert sound(fold(one)) != sound(fold(other))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=20))
def test_any_word_has_a_sound(word: str) -> None:
    assert isinstance(sound(word), str)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("Selenskyj", ["Volodymyr Zelensky"]),
        ("Lawrow", ["Sergei Lavrov"]),
        ("Riabkov", ["Sergei Ryabkov"]),
        ("Sergey Lawrow", ["Sergei Lavrov"]),
        ("Sergey", ["Sergei Lavrov", "Sergei Ryabkov"]),
        ("Macron", []),
    ],
)
def test_another_spelling_finds_the_same_people(
    known: Connection, asked: str, names: list[str]
) -> None:
    assert [person.name for person in find_people(known, asked)] == names


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("blinkin", ["Antony Blinken"]),
        ("stoltenburg", ["Jens Stoltenberg"]),
        ("Antony Blinkn", ["Antony Blinken"]),
        ("Flinken", []),  # another first letter is another name
        ("Bid", []),
        ("Nobody", []),
    ],
)
def test_a_slip_of_the_finger_is_near_one_name(
    known: Connection, asked: str, names: list[str]
) -> None:
    assert [person.name for person in mistyped_people(known, asked)] == names
