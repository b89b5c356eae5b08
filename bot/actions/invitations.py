"""Creating and revoking invitation links: into a cohort, and to a role."""

from dataclasses import dataclass, replace
from secrets import token_urlsafe

from bot.actions import dialogues
from bot.actions.access import Access, NotAllowed, access, record
from bot.actions.cohorts import Led, led
from bot.actions.learner_state import Services, Turn
from course.model import LearnerId
from storage import cohorts, invitations, roles
from storage.cohorts import State
from storage.dialogues import closes
from storage.invitations import Invitation, Kind
from storage.roles import Role
from storage.statements import Statement

_DAY = 24 * 3600 * 1000

GRANT_DAYS = 7
"""Days for which a link to a role is valid."""

MOST_USES = 1_000
"""How many people may use one link for a group; the cohort's capacity is checked separately."""

# Bytes of randomness in a token: 128 bits, 22 characters of the 64 that Telegram takes in a link
# (Bot features, deep linking).
_TOKEN_BYTES = 16

_LETTERS = {Kind.COHORT: "c", Kind.FACILITATOR: "f", Kind.ADMIN: "a"}


@dataclass(frozen=True, slots=True)
class Linked:
    """A new link. Its token is known only now: the database keeps a hash.

    Attributes:
        payload: the text behind `?start=` in the link.
        details: the cohort; `None` for a role without one.
    """

    payload: str
    invitation: Invitation
    led: Led | None


GRANTING = "grant"
"""The kind of a dialogue that waits for a contact, or for a word on the one that was shared."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Whether somebody is to have what they may do is asked first.

    Attributes:
        led: the cohort; `None` for a role without one.
    """

    person: LearnerId
    kind: Kind
    led: Led | None


@dataclass(frozen=True, slots=True)
class Given:
    """A person was given a role."""

    person: LearnerId
    kind: Kind
    led: Led | None


@dataclass(frozen=True, slots=True)
class Holder:
    """A role, or a cohort to facilitate, that can be taken back from a person.

    Attributes:
        cohort: the cohort they facilitate; `None` for a role.
        cohort_name: "" for a role.
    """

    person: LearnerId
    role: Role | None
    cohort: int | None = None
    cohort_name: str = ""


async def link(
    services: Services, turn: Turn, cohort: int, days: int, uses: int | None
) -> Linked | NotAllowed:
    """Create a link into a cohort that is open.

    Args:
        uses: how many people may use it; `None` for as many as there is room for. Such a link
            replaces the earlier one, so that there is only one to pass on.
    """
    found = await led(services, turn, cohort)
    if isinstance(found, NotAllowed) or found.cohort.state is not State.OPEN:
        return NotAllowed()
    payload, made = _new(turn, Kind.COHORT, cohort, days)
    made = replace(made, most_uses=uses or MOST_USES)
    before = (invitations.replaces(cohort, turn.at),) if uses is None else ()
    changes = (*before, invitations.makes(made, turn.learner))
    await record(services, turn, "make-link", cohort, f"{days} days", *changes)
    return Linked(payload, made, await _again(services, turn, cohort))


async def revoke_links(services: Services, turn: Turn, cohort: int) -> Led | NotAllowed:
    """Revoke all links into a cohort."""
    found = await led(services, turn, cohort)
    if isinstance(found, NotAllowed):
        return found
    await record(services, turn, "revoke-links", cohort, "", invitations.revokes(cohort, turn.at))
    return await _again(services, turn, cohort) or NotAllowed()


async def offer(
    services: Services, turn: Turn, kind: Kind, cohort: int | None
) -> Linked | NotAllowed:
    """Create a link that gives a role to the first person who accepts it."""
    may = await access(services, turn)
    if not may_give(may, kind, cohort):
        return NotAllowed()
    found = None if cohort is None else await _again(services, turn, cohort)
    if cohort is not None and found is None:
        return NotAllowed()
    payload, made = _new(turn, kind, cohort, GRANT_DAYS)
    subject = kind.value if cohort is None else cohort
    change = invitations.makes(made, turn.learner)
    await record(services, turn, "offer-role", subject, kind.value, change)
    return Linked(payload, made, found)


async def ask(
    services: Services, turn: Turn, kind: Kind, cohort: int | None, person: LearnerId
) -> Asking | NotAllowed:
    """Ask before a role goes to somebody whose contact was shared."""
    found = await _givable(services, turn, kind, cohort)
    if isinstance(found, NotAllowed):
        return found
    body = {"kind": kind.value, "cohort": cohort, "person": person}
    await dialogues.begin(services, turn, GRANTING, body)
    return Asking(person, kind, found)


async def give(services: Services, turn: Turn, person: LearnerId) -> Given | NotAllowed | None:
    """Give somebody what was asked about; `None` when it is not, or no longer, what is asked."""
    if not (await access(services, turn)).is_facilitator:
        return NotAllowed()
    draft = await dialogues.draft(services, turn)
    if draft is None or draft.kind != GRANTING or draft.body.get("person") != person:
        return None
    kind, cohort = Kind(draft.body["kind"]), draft.body["cohort"]
    found = await _givable(services, turn, kind, cohort)
    if isinstance(found, NotAllowed):
        return found
    change = _gives(turn, kind, cohort, person)
    subject = kind.value if cohort is None else cohort
    closed = closes(turn.learner, turn.update)
    await record(services, turn, "give-role", subject, str(person), change, closed)
    return Given(person, kind, found)


async def _givable(
    services: Services, turn: Turn, kind: Kind, cohort: int | None
) -> Led | NotAllowed | None:
    """The cohort that is to be shared, `None` for a role without one, if it may be given."""
    found = None if cohort is None else await _again(services, turn, cohort)
    may = may_give(await access(services, turn), kind, cohort)
    return found if may and (cohort is None or found is not None) else NotAllowed()


async def holders(services: Services, turn: Turn) -> tuple[Holder, ...] | NotAllowed:
    """Load the roles that a person may take back, including their own."""
    may = await access(services, turn)
    if not may.is_facilitator:
        return NotAllowed()
    return await roles_in_reach(services, may)


async def revoke(services: Services, turn: Turn, holder: Holder) -> Holder | NotAllowed:
    """Take back a role or a cohort. Admins named in the settings stay admins."""
    may = await access(services, turn)
    known = await roles_in_reach(services, may)
    found = next((one for one in known if is_same(one, holder)), None)
    if found is None:
        return NotAllowed()
    if found.cohort is not None:
        change, subject = roles.relieves(found.person, found.cohort), str(found.cohort)
    else:
        assert found.role is not None, "a holder without a cohort has a role"
        change, subject = roles.revokes(found.person, found.role), found.role.value
    await record(services, turn, "take-role", subject, str(found.person), change)
    return found


async def revoke_offers(services: Services, turn: Turn) -> bool | NotAllowed:
    """Revoke all unused links to roles that the person may give."""
    may = await access(services, turn)
    if not may.is_facilitator:
        return NotAllowed()
    mine = await cohorts.led_by(services.store, turn.learner, everything=may.is_admin)
    reach = (*(one.id for one in mine), *((None,) if may.is_admin else ()))
    changes = (invitations.revokes_grants(cohort, turn.at) for cohort in reach)
    await record(services, turn, "revoke-offers", "", "", *changes)
    return True


async def roles_in_reach(services: Services, may: Access) -> tuple[Holder, ...]:
    """Load the roles that a person may take back; roles without a cohort come first."""
    found = (
        Holder(LearnerId(person), Role(role) if cohort is None else None, cohort, name or "")
        for person, role, cohort, name in await roles.holders(services.store)
        if may.is_admin or cohort in may.cohorts
    )
    return tuple(sorted(found, key=lambda one: (one.cohort or 0, one.role or "", one.person)))


def _new(turn: Turn, kind: Kind, cohort: int | None, days: int) -> tuple[str, Invitation]:
    token = token_urlsafe(_TOKEN_BYTES)
    made = Invitation(
        invitations.digest(token), kind, cohort, turn.at + days * _DAY, 1, None, None, turn.at, 0
    )
    return f"{_LETTERS[kind]}_{token}", made


def may_give(may: Access, kind: Kind, cohort: int | None) -> bool:
    """Whether a person may give this role, or with `cohort` this cohort, to others."""
    if kind is Kind.FACILITATOR and cohort is not None:
        return may.may_lead(cohort)
    return may.is_admin and cohort is None and kind in (Kind.ADMIN, Kind.FACILITATOR)


def _gives(turn: Turn, kind: Kind, cohort: int | None, person: LearnerId) -> Statement:
    if cohort is not None:
        return roles.entrusts(person, cohort, turn.at)
    return roles.grants(person, Role(kind.value), turn.learner, turn.at)


def is_same(one: Holder, other: Holder) -> bool:
    """Whether both are the same role or cohort of the same person."""
    return (one.person, one.role, one.cohort) == (other.person, other.role, other.cohort)


async def _again(services: Services, turn: Turn, cohort: int) -> Led | None:
    found = await led(services, turn, cohort)
    return None if isinstance(found, NotAllowed) else found
