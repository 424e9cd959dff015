# ruff: noqa: RUF001 (Cyrillic letters are meant)
"""How the lines around an article begin in German, French, Ukrainian and Russian.

As in frame.py: each entry is matched at the start of a line, one that ends in $ is the whole
line. What may begin a sentence of an article stands among the scraps, or not at all.
"""

from collections.abc import Sequence

from store.ingest.raw.values import Dirt

_AND_MARK = r"\s*[:|>\u00bb\u2192]"
_OF_PICTURE = r"\s*[:|/\u00a9]"

# What begins a line of the frame even where the line is a whole sentence.
SENTENCES: tuple[tuple[Dirt, Sequence[str]], ...] = (
    (
        Dirt.CAPTION,
        (
            "(?:archiv|symbol|agentur)?(?:bild|foto)s?(?:quelle|nachweis)?" + _OF_PICTURE,
            "(?:photo d.illustration|crédits?(?: photo)?|légende)" + _OF_PICTURE,
            "(?:ілюстративне |архівне |иллюстративное |архивное )?фото(?: ілюстративне| из архива"
            "| з архіву| автора)?" + _OF_PICTURE,
            "(?:скріншот|скриншот|ілюстрація|иллюстрация|інфографіка|инфографика)" + _OF_PICTURE,
        ),
    ),
    (
        Dirt.COOKIES,
        (
            "wir (?:und unsere (?:\\d+ )?partner )?(?:verwenden|nutzen|setzen)\\b.*\\bcookies\\b",
            "diese (?:web)?(?:seite|site) (?:verwendet|nutzt|speichert|setzt)\\b.*\\bcookies\\b",
            "nous (?:et nos (?:\\d+ )?partenaires )?utilisons\\b.*\\bcookies\\b",
            "ce site (?:web )?utilise des cookies",
            "en (?:poursuivant|continuant) (?:votre|la) navigation\\b",
            "ми (?:та наші партнери )?використовуємо (?:файли )?(?:cookies?|кукі)\\b",
            "(?:цей|наш) (?:веб-?)?сайт використовує (?:файли )?(?:cookies?|кукі)\\b",
            "мы (?:и наши партн[её]ры )?используем (?:файлы )?(?:cookies?|куки)\\b",
            "(?:этот|наш) (?:веб-?)?сайт использует (?:файлы )?(?:cookies?|куки)\\b",
        ),
    ),
    (
        Dirt.NEWSLETTER,
        (
            "(?:abonnieren|bestellen) sie\\b.*\\b(?:newsletter|kanal|app)\\b",
            "melden sie sich\\b.*\\bnewsletter\\b",
            "(?:abonnez|inscrivez)-vous\\b",
            "recevez\\b.*\\b(?:newsletter|boîte mail|alertes|par mail)\\b",
            "déjà abonné",
            "(?:підписуйтес[ья]|підписуйтеся|підпишіться) (?:на|до)\\b",
            "(?:подписывайтесь|подпишитесь) на\\b",
            "читайте нас (?:у|в|на)\\b",
        ),
    ),
    (
        Dirt.LEGAL,
        (
            ".{0,60}\\balle rechte vorbehalten",
            ".{0,60}\\btous droits réservés",
            ".{0,60}(?:усі|всі) права захищен",
            ".{0,60}все права защищены",
            "(?:при|у разі) (?:цитуванні|використанні|передруку|передруці)\\b.*посилання",
            "при (?:цитировании|использовании|перепечатке)\\b.*ссылк",
            "передрук\\b.*(?:дозвол|заборон|посилання)",
            "перепечатка\\b.*(?:запрещ|разреш|ссылк)",
        ),
    ),
    (
        Dirt.MENU,
        (
            "(?:deine|ihre) e-mail-adresse wird nicht veröffentlicht",
            "votre adresse (?:e-mail|de messagerie) ne sera pas publiée",
            "ваша e-?mail.адреса не (?:оприлюднюватиметься|публікуватиметься)",
            "ваш (?:адрес e-?mail|e-?mail) не будет опубликован",
        ),
    ),
    (
        Dirt.CREDIT,
        # "Источник: …" also leads up to news; who is named as a source has few words.
        (r"quellen?\s*[:|]", r"(?:джерел[оа]|источники?)\s*[:|]\s*\S+(?: \S+){0,2}$"),
    ),
    (
        Dirt.CONTACT,
        (
            "folgen sie uns\\b(?!,)",
            "(?:suivez|retrouvez)-nous\\b(?!,)",
            "(?:слідкуйте|стежте) за нами\\b",
            "приєднуйтесь до (?:нас|нашого)\\b",
            "следите за нами\\b",
            "присоединяйтесь к (?:нам|нашему)\\b",
        ),
    ),
    (
        Dirt.RELATED,
        (
            "(?:lesen|sehen|hören) sie (?:auch|dazu|mehr|hier|weiter)(?: \\w+){0,3}" + _AND_MARK,
            "(?:mehr zum thema|zum thema|mehr dazu|auch interessant|siehe auch)" + _AND_MARK,
            "(?:à )?(?:lire|voir|écouter|découvrir)(?: aussi| également)?" + _AND_MARK,
            "(?:читайте|дивіться|слухайте)(?: також| ще| більше)?" + _AND_MARK,
            "(?:читайте|смотрите|слушайте)(?: также| ещ[её])?" + _AND_MARK,
            "читайте (?:також|также)\\b",
        ),
    ),
)

# What begins one only where the line is no sentence.
SCRAPS: tuple[tuple[Dirt, Sequence[str]], ...] = (
    (
        Dirt.RELATED,
        (
            "(?:mehr )?zum thema$",
            "(?:auch interessant|meistgelesen)$",
            "das könnte sie auch interessieren",
            "weitere (?:artikel|themen|nachrichten|meldungen)$",
            "lesen sie auch\\b",
            "(?:à )?lire (?:aussi|également)\\b",
            "sur le même (?:sujet|thème)$",
            "(?:les )?plus lus$",
            "vous aimerez aussi",
            "dans la même rubrique",
            "articles (?:liés|similaires|associés)$",
            "(?:схожі|пов.язані|останні|інші) (?:новини|матеріали|статті)$",
            "(?:новини|матеріали|статті)? ?за темою$",
            "(?:дивіться|смотрите) (?:також|также)\\b",
            "(?:популярн[еі]|найпопулярніше)(?: новини)?$",
            "(?:похожие|последние|другие|связанные) (?:новости|материалы|статьи)$",
            "(?:новости|материалы|статьи)? ?по теме$",
            "(?:самое )?(?:популярное|читаемое)$",
        ),
    ),
    (Dirt.ADVERT, (r"(?:anzeige|werbung|publicité|реклама)\W*$",)),
    (
        Dirt.NEWSLETTER,
        (
            "(?:newsletter|jetzt) abonnieren$",
            "s.abonner$",
            "підписатис[яь](?: на (?:новини|канал|розсилку))?$",
            "подписаться(?: на (?:новости|канал|рассылку))?$",
        ),
    ),
    (
        Dirt.COOKIES,
        (
            "alle (?:cookies )?akzeptieren$",
            "tout (?:accepter|refuser)$",
            "прийняти (?:все|всі)$",
            "принять вс[её]$",
        ),
    ),
    (
        Dirt.TIME,
        (
            r"(?:zuletzt )?(?:aktualisiert|veröffentlicht|publiziert)(?: am| um)?\b\s*:?\s.*\d",
            r"stand\s*:.*\d",
            r"(?:publié|mis à jour|modifié)(?: le| à)?\b\s*:?\s.*\d",
            r"(?:опубліковано|оновлено|опубликовано|обновлено)\b\s*:?\s.*\d",
            r"vor (?:\d+|einer|einem) (?:minuten?|stunden?|tag(?:en)?)$",
            r"il y a (?:\d+|une?) (?:minutes?|heures?|jours?)$",
            r"\d+ (?:хвилин\w?|годин\w?|дні|днів) тому$",
            r"\d+ (?:минут\w?|час(?:а|ов)?|дня|дней) назад$",
            r"(?:lesezeit|lesedauer|temps de lecture|час читання|время чтения)\b",
        ),
    ),
    (
        Dirt.MENU,
        (
            "(?:startseite|menü|suche|anmelden|impressum|datenschutz(?:erklärung)?)$",
            "(?:accueil|rechercher|se connecter|mentions légales)$",
            "(?:головна|меню|пошук|увійти|контакти|главная|поиск|войти|контакты)$",
            r"(?:schlagw(?:orte|örter)|mots-clés|теги|ключові слова|ключевые слова)\s*[:|]",
            r"\d+ (?:kommentare?|commentaires?|коментар\w*|комментари\w*|перегляд\w*|просмотр\w*)$",
        ),
    ),
)
