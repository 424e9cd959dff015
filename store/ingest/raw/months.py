# ruff: noqa: RUF001 (Cyrillic letters are meant)
"""Month names and the words around a date, in the languages that news copies come in.

English, German, French, Ukrainian and Russian; each month with the forms that stand in dates.
"""

import re

_FORMS = (
    "jan january januar jänner janvier janv січня січ января янв",
    "feb february februar feber février févr лютого лют февраля фев февр",
    "mar march märz maerz mars березня бер марта мар",
    "apr april avril avr квітня квіт кві апреля апр",
    "may mai травня трав тра мая",
    "jun june juni juin червня черв июня июн",
    "jul july juli juillet juil липня лип июля июл",
    "aug august août aout серпня серп августа авг",
    "sep sept september septembre вересня вер сентября сен сент",
    "oct october oktober okt octobre жовтня жовт жов октября окт",
    "nov november novembre листопада лист лис ноября ноя нояб",
    "dec december dezember dez décembre déc грудня груд гру декабря дек",
)
MONTHS = {form: number for number, forms in enumerate(_FORMS, 1) for form in forms.split()}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
ENGLISH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
# What stands around the date in a line that is a time stamp and nothing else.
_AROUND = (
    "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so"
    "|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    "|понеділок|вівторок"
    "|середа|четвер"
    "|п.ятниця|субота"
    "|неділя"
    "|понедельник|вторник"
    "|среда|четверг|пятница"
    "|воскресенье"
    "|uhr|um|h|le|à|року|р|года|г|о|об|в"
    "|mez|mesz|cet|cest|msk|мск|utc|gmt"
)
STAMP_REST = re.compile(
    rf"[\s,.:;|\u00b7\u2022/\u2013\u2014()-]*"
    rf"(?:(?:{_AROUND}|\d{{1,2}}(?:[:.h]\d\d)?)(?!\w)[\s,.:;|\u00b7\u2022/\u2013\u2014()-]*)*",
    re.IGNORECASE,
)
# Words of languages that write the day first; beside them 05.03.2024 is the fifth of March.
DAY_FIRST = re.compile(
    r"\b(?:uhr|stand|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|veröffentlicht|aktualisiert|publié|mis à jour"
    r"|опубліковано"
    r"|оновлено"
    r"|опубликовано"
    r"|обновлено)\b",
    re.IGNORECASE,
)
