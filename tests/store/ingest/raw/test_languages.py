# ruff: noqa: RUF001 (Cyrillic letters are meant)
"""Pages in German, French, Ukrainian and Russian: what stands around their articles."""

from datetime import date

import pytest

from store.ingest.raw.plain import read_plain
from store.ingest.raw.values import Dateline, Dirt
from store.knowledge.values import When

BODY = (
    "Die Stadt hat am Montag beschlossen, die Brücke im Hafen zu ersetzen, sagte Maria Lind.",
    "Рада вирішила у понеділок замінити міст у порту, сказала мерка Марія Лінд журналістам.",
    "Le conseil a décidé lundi de remplacer le pont du port, a dit la maire Maria Lind.",
    "Совет решил в понедельник заменить мост в порту, сообщила мэр Мария Линд журналистам.",
)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("Teilen Drucken Merken", Dirt.SHARE),
        ("Auf Facebook teilen", Dirt.SHARE),
        ("Partager sur Facebook", Dirt.SHARE),
        ("Поділитися у Facebook", Dirt.SHARE),
        ("Поделиться в Telegram", Dirt.SHARE),
        ("Foto: Ole Dahl/Agentur", Dirt.CAPTION),
        ("Symbolbild: Der Hafen im Winter.", Dirt.CAPTION),
        ("Crédits photo : Ole Dahl", Dirt.CAPTION),
        ("Фото: прес-служба міста", Dirt.CAPTION),
        ("Wir und unsere 120 Partner verwenden Cookies, um Inhalte zu zeigen.", Dirt.COOKIES),
        ("Nous et nos partenaires utilisons des cookies pour mesurer l'audience.", Dirt.COOKIES),
        ("Цей сайт використовує файли cookie, щоб бути зручнішим.", Dirt.COOKIES),
        ("Мы используем файлы cookie, чтобы сайт работал лучше.", Dirt.COOKIES),
        ("Alle Cookies akzeptieren", Dirt.COOKIES),
        ("Diese Website speichert Cookies auf Ihrem Computer.", Dirt.COOKIES),
        ("Eine Fahne weht auf dem Rathaus im Wind. Foto: Ole Dahl/Agentur", Dirt.CAPTION),
        ("Міст у порту взимку. Фото: Оле Даль", Dirt.CAPTION),
        ("Ваша e-mail адреса не оприлюднюватиметься.", Dirt.MENU),
        ("Ваш адрес email не будет опубликован.", Dirt.MENU),
        ("Abonnieren Sie unseren Newsletter und lesen Sie jeden Morgen mehr.", Dirt.NEWSLETTER),
        ("Inscrivez-vous à notre lettre pour recevoir les nouvelles du port.", Dirt.NEWSLETTER),
        ("Підписуйтесь на наш канал у Telegram, щоб знати більше.", Dirt.NEWSLETTER),
        ("Подписывайтесь на наш канал в Telegram, чтобы знать больше.", Dirt.NEWSLETTER),
        ("Lesen Sie auch: Was die neue Brücke kosten wird", Dirt.RELATED),
        ("Mehr zum Thema", Dirt.RELATED),
        ("À lire aussi : le prix du pont", Dirt.RELATED),
        ("Читайте також: Скільки коштуватиме міст", Dirt.RELATED),
        ("Читайте также: Сколько будет стоить мост.", Dirt.RELATED),
        ("Останні новини", Dirt.RELATED),
        ("Материалы по теме", Dirt.RELATED),
        ("Alle Rechte vorbehalten", Dirt.LEGAL),
        ("Le Port 2024. Tous droits réservés", Dirt.LEGAL),
        ("При использовании материалов сайта ссылка обязательна.", Dirt.LEGAL),
        ("Quelle: Küstenagentur", Dirt.CREDIT),
        ("Джерело: Берегове агентство", Dirt.CREDIT),
        ("Von Anna Berg und Karl Lund", Dirt.BYLINE),
        ("Par Anna Berg", Dirt.BYLINE),
        ("Автор: Анна Берг", Dirt.BYLINE),
        ("Anzeige", Dirt.ADVERT),
        ("РЕКЛАМА", Dirt.ADVERT),
        ("Vor 3 Stunden", Dirt.TIME),
        ("Il y a 2 heures", Dirt.TIME),
        ("5 годин тому", Dirt.TIME),
        ("Montag, 4. März 2024, 14:35 Uhr", Dirt.TIME),
        ("понеділок, 4 березня 2024 року, 14:35", Dirt.TIME),
        ("12 Kommentare", Dirt.MENU),
        ("Теги: міст, порт", Dirt.MENU),
        ("Folgen Sie uns auf Instagram und bleiben Sie im Bilde.", Dirt.CONTACT),
    ],
)
def test_what_is_no_text_is_left_out_and_kept_apart(row: str, kind: Dirt) -> None:
    article = read_plain("\n\n".join((*BODY[:2], row, *BODY[2:])), "a")
    assert article.paragraphs == BODY
    assert (kind, row) in [(each.dirt, each.text) for each in article.dropped]


@pytest.mark.parametrize(
    "sentence",
    [
        "Von Anna Berg war am Montag im Rathaus nichts zu hören.",
        "Mehr zum Thema wollte der Sprecher am Dienstag nicht sagen.",
        "Stand jetzt bleibt die Brücke für drei Jahre geschlossen, sagte sie.",
        "Teilen wollte die Stadt den Gewinn aus der Fähre nicht.",
        "Die Anzeige wurde am 4. März 2024 bei der Polizei erstattet.",
        "Par ailleurs, la maire a annoncé la fin des travaux pour mai.",
        "Publié lundi, le rapport de 2024 critique la gestion du port.",
        "Lire le traité ne suffit pas, a dit la ministre au conseil.",
        "Источники в порту сообщили, что мост закроют на три года.",
        "Фото повреждений были показаны совету до голосования.",
        "Опубликовано исследование 1991 года, в котором говорится о мосте.",
        "За темою безпеки сторони зустрінуться знову у середу.",
        "Підписатися на угоду погодилися всі, крім мера міста.",
        "По теме моста стороны договорились встретиться снова в среду.",
        "Популярні заходи почнуться у порту вже 4 березня 2024 року.",
        "Suivez-nous, a crié la maire aux manifestants devant le port.",
        "Источник: в порту закроют старый мост на три года из-за ремонта.",
        "Weitere Artikel des Abkommens wurden am Montag verhandelt.",
        "Подписаться под договором согласились все, кроме мэра города.",
    ],
)
def test_sentences_that_begin_like_dirt_are_kept(sentence: str) -> None:
    article = read_plain("\n\n".join((*BODY[:2], sentence, *BODY[2:])), "a")
    assert article.paragraphs == (*BODY[:2], sentence, *BODY[2:])


@pytest.mark.parametrize(
    ("row", "day"),
    [
        ("4. März 2024", date(2024, 3, 4)),
        ("Veröffentlicht am 04.03.2024 um 14:35 Uhr", date(2024, 3, 4)),
        ("Montag, 04.03.2024", date(2024, 3, 4)),
        ("Publié le 1er mars 2024 à 10h30", date(2024, 3, 1)),
        ("4 березня 2024, 14:35", date(2024, 3, 4)),
        ("Опубліковано: 04.03.2024 14:35", date(2024, 3, 4)),
        ("4 марта 2024 года, 14:35 мск", date(2024, 3, 4)),
        ("04.03.2024", None),
        ("Die Brücke schließt am 4. März 2024", None),
        ("Мост закроют 4 марта 2024 года навсегда", None),
    ],
)
def test_the_day_is_read_where_it_is_whole_and_sure(row: str, day: date | None) -> None:
    published = read_plain("\n\n".join((row, *BODY)), "a").published
    assert (published.when if published else None) == (When.day(day) if day else None)


@pytest.mark.parametrize(
    ("head", "dateline"),
    [
        ("Berlin (dpa) - ", Dateline(text="Berlin (dpa) -", place="Berlin", agency="dpa")),
        (
            "GENF, 9. Januar (Agentur) — ",
            Dateline(
                text="GENF, 9. Januar (Agentur) —", place="GENF", month=1, day=9, agency="Agentur"
            ),
        ),
        ("GENÈVE (AFP) - ", Dateline(text="GENÈVE (AFP) -", place="GENÈVE", agency="AFP")),
        (
            "КИЇВ, 9 січня (Агентство) — ",
            Dateline(
                text="КИЇВ, 9 січня (Агентство) —",
                place="КИЇВ",
                month=1,
                day=9,
                agency="Агентство",
            ),
        ),
        (
            "МОСКВА, 10 января. /АГЕНТСТВО/. ",
            Dateline(
                text="МОСКВА, 10 января. /АГЕНТСТВО/.",
                place="МОСКВА",
                month=1,
                day=10,
                agency="АГЕНТСТВО",
            ),
        ),
        (
            "MOSCOW, January 10. /AGENCY/. ",
            Dateline(
                text="MOSCOW, January 10. /AGENCY/.",
                place="MOSCOW",
                month=1,
                day=10,
                agency="AGENCY",
            ),
        ),
        (
            "МОСКВА, 10 янв — ",
            Dateline(text="МОСКВА, 10 янв —", place="МОСКВА", month=1, day=10),
        ),
    ],
)
def test_datelines_are_taken_off_and_kept(head: str, dateline: Dateline) -> None:
    article = read_plain("\n\n".join((head + BODY[0], *BODY[1:])), "a")
    assert article.dateline == dateline
    assert article.paragraphs == BODY


@pytest.mark.parametrize(
    "first",
    [
        "Путін: чоловік, який не хотів чекати на відповідь ради міста.",
        "Бербок — яка запізнилася — голосувала разом з іншими у залі.",
    ],
)
def test_sentences_that_begin_like_datelines_are_whole(first: str) -> None:
    assert read_plain("\n\n".join((first, *BODY)), "a").paragraphs == (first, *BODY)
