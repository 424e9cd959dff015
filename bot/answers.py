"""All that the bot answers to, on one screen; and who answers it."""

from dataclasses import dataclass

from telegram import Update

from bot.commands.admin import Admin, Clock, for_admins
from bot.commands.buttons import Buttons
from bot.commands.command import Command, Context, Handler
from bot.commands.data import Data
from bot.commands.digest import Digest
from bot.commands.disputed import Disputed
from bot.commands.next import Next
from bot.commands.questions import Questions
from bot.commands.quotes import Quotes
from bot.commands.search import Search
from bot.commands.settings import SetDigest
from bot.commands.sources import Sources
from bot.commands.start import Help, Start
from bot.commands.steering import Steering
from bot.commands.timeline import Timeline
from bot.commands.who import Who
from bot.digest.tick import Tick
from store.database import Database
from store.ingest.loading import Loader
from store.ledger.values import Rhythm


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Who answers what: commands, pressed buttons, plain words, and what chats do."""

    commands: tuple[Command, ...]
    buttons: Buttons
    questions: Questions
    help: Help
    digest: Digest
    settings: SetDigest
    tick: Tick


def build_answers(
    *,
    knowledge: Database,
    ledger: Database,
    loader: Loader,
    admins: frozenset[int],
    rhythm: Rhythm,
    clock: Clock,
) -> Answers:
    """Build all that answers. `rhythm` is a chat's until it chooses its own."""
    who = Who(knowledge=knowledge)
    timeline = Timeline(knowledge=knowledge, who=who)
    quotes = Quotes(knowledge=knowledge, who=who)
    sources = Sources(knowledge=knowledge)
    search = Search(knowledge=knowledge)
    next_ = Next(knowledge=knowledge)
    disputed = Disputed(knowledge=knowledge)
    questions = Questions(
        knowledge=knowledge,
        who=who,
        timeline=timeline,
        quotes=quotes,
        search=search,
        sources=sources,
        next=next_,
        disputed=disputed,
    )
    start = Start(knowledge=knowledge, who=who, sources=sources)
    admin = Admin(knowledge=knowledge, loader=loader, clock=clock, started=clock())
    tick = Tick(knowledge=knowledge, ledger=ledger, clock=clock)
    digest = Digest(ledger=ledger, tick=tick, clock=clock, default=rhythm)
    settings = SetDigest(ledger=ledger, clock=clock, default=rhythm)
    data = Data(ledger=ledger, clock=clock)
    steering = Steering(ledger=ledger, digest=digest, admins=admins, clock=clock, default=rhythm)

    async def give_help(update: Update, context: Context) -> None:
        await help_.answer(update, context)

    def reader(name: str, answer: Handler, says: str, arguments: str = "") -> Command:
        return Command(name=name, answer=answer, description=says, arguments=arguments)

    def steers(name: str, answer: Handler, says: str, arguments: str = "") -> Command:
        guarded = for_admins(answer, admins)
        return Command(name=name, answer=guarded, description=says, arguments=arguments, admin=True)

    when = "[person] [place] [2014 | 2021-06 | 2022-01-09..2022-01-12 | since …]"
    commands = (
        reader("start", start.answer, "what this story is"),
        reader("help", give_help, "what I answer to"),
        reader("who", who.answer, "who somebody is", "NAME"),
        reader("timeline", timeline.answer, "what happened, and what is planned", when),
        reader("next", next_.answer, "what is planned"),
        reader("quotes", quotes.answer, "who said what", "[NAME] [about TOPIC]"),
        reader("disputed", disputed.answer, "where the sources differ"),
        reader("search", search.answer, "where words stand", "WORDS"),
        reader("latest", timeline.latest, "where the story stands"),
        reader("sources", sources.answer, "where it all comes from"),
        reader("digest", digest.show, "what is new for this chat"),
        reader("subscribe", digest.subscribe, "get the digest each day", "[HH:MM] [ZONE]"),
        reader("unsubscribe", digest.unsubscribe, "get no digest any more"),
        reader("settings", settings.show, "how the digest is set"),
        reader("why", steering.why, "what became of this chat's digests"),
        reader("privacy", data.privacy, "what is kept about a chat"),
        reader("mydata", data.hand_over, "all that is kept about this chat"),
        reader("forget", data.ask, "delete what is kept about this chat"),
        steers("reload", admin.reload, "make the knowledge equal to the files"),
        steers("status", admin.status, "how the bot is"),
        steers("broadcast", steering.broadcast, "how the running or last broadcast stands"),
        steers("preview", steering.preview, "what a chat would get now", "CHAT"),
        steers("corrections", steering.corrections, "what was corrected since it was sent"),
        steers("announce", steering.announce, "send words to all who get the digest", "TEXT"),
    )
    help_ = Help(entries=[command.entry for command in commands], admins=admins)
    buttons = Buttons(
        who=who,
        timeline=timeline,
        quotes=quotes,
        search=search,
        next=next_,
        disputed=disputed,
        sources=sources,
        help=help_,
        steering=steering,
        settings=settings,
        data=data,
    )
    return Answers(
        commands=commands,
        buttons=buttons,
        questions=questions,
        help=help_,
        digest=digest,
        settings=settings,
        tick=tick,
    )
