"""Cohorts, as shown to their facilitators."""

from collections.abc import Sequence
from functools import partial

from bot.actions.cohorts import CohortDetails, MembersPage
from bot.callback_data import ManagePress
from bot.i18n import Translator
from bot.messages import Button, Reply, Rows
from bot.parsing.cohort_form import CohortDescription
from bot.rendering import parts
from bot.rendering.dates import date_text, deadline_text
from bot.rendering.paging import cut_page, page_buttons
from course import local_time
from storage.cohorts import Cohort, CohortState
from storage.memberships import Membership

PAGE_SIZE = 6
"""Cohorts on one page: more buttons are hard to read."""


def cohort_list(_: Translator, mine: Sequence[Cohort], page: int) -> Reply:
    """A page of the person's cohorts, from 0; a page beyond the end gives the first."""
    if not mine:
        text = parts.join_paragraphs(_("You have no cohort yet."), how_to_make_one(_))
        return Reply(text, ((cohort_button(_("Make a cohort"), "new"),),))
    shown = cut_page(mine, page, PAGE_SIZE)
    text = parts.join_paragraphs(
        parts.bold(_("Your cohorts")),
        "\n".join(f"{parts.safe_name(one.name)} · {cohort_line(_, one)}" for one in shown.items),
    )
    turning = page_buttons(_, shown.number, partial(_page_button, "list", 0), is_last=shown.is_last)
    return Reply(text, parts.filled(*_open_rows(shown.items), turning))


def how_to_make_one(_: Translator) -> str:
    """How a facilitator makes a cohort."""
    return _("/newcohort makes one: I ask for its name and its city.")


def which_cohort(_: Translator, found: Sequence[Cohort]) -> Reply:
    """Asks which cohort is meant, since several have this name."""
    text = _("You have several that are called so. Which one do you mean?")
    return Reply(text, _open_rows(found[:PAGE_SIZE]))


def cohort_page(_: Translator, details: CohortDetails) -> Reply:
    """Everything about one cohort, and its actions."""
    cohort = details.cohort
    text = parts.join_paragraphs(
        parts.bold(parts.safe_name(cohort.name)),
        f"{_state(_, cohort)} {_people(_, cohort)}",
        cohort_dates(_, cohort),
        welcome_text(_, cohort.welcome),
        _links(_, details) if cohort.state is CohortState.OPEN else None,
        _.ngettext("{number} facilitator.", "{number} facilitators.", details.facilitators)
        + " "
        + _group(_, cohort),
    )
    return Reply(text, _choices(_, cohort))


def cohort_line(_: Translator, cohort: Cohort) -> str:
    """A cohort's state and size, in half a line."""
    words = {
        CohortState.OPEN: _("open"),
        CohortState.CLOSED: _("closed"),
        CohortState.ARCHIVED: _("over"),
    }
    people = _.ngettext("{number} person", "{number} people", cohort.members)
    return f"{words[cohort.state]} · {people}"


def what_to_change(_: Translator, cohort: Cohort) -> Reply:
    """Asks which field of a cohort to change."""
    text = parts.join_paragraphs(
        parts.bold(parts.safe_name(cohort.name)),
        cohort_dates(_, cohort),
        _("What do you want to change?"),
    )
    labels = {
        "name": _("Name"), "starts": _("Start"), "deadline": _("Deadline"),
        "zone": _("City of its clock"), "welcome": _("Welcome text"), "capacity": _("Places"),
    }  # fmt: skip
    fields = [cohort_button(label, "field", cohort.id, field) for field, label in labels.items()]
    return Reply(text, (*parts.rows_of(3, fields), (_back_button(_, cohort.id),)))


def members_page(_: Translator, page: MembersPage) -> Reply:
    """A page of a cohort's members, by their chosen names or pseudonyms."""
    lines = "\n".join(_member_line(_, page.cohort.zone, one) for one in page.members)
    text = parts.join_paragraphs(
        parts.bold(parts.safe_name(page.cohort.name)),
        _people(_, page.cohort),
        lines or _("Nobody has joined yet."),
        _("You see the name that each person chose for you, or one that I gave them."),
    )
    opened = partial(_page_button, "members", page.cohort.id)
    turning = page_buttons(_, page.number, opened, is_last=page.is_last)
    return Reply(text, parts.filled(turning, (_back_button(_, page.cohort.id),)))


def _member_line(_: Translator, zone: str, one: Membership) -> str:
    day = _.day(local_time.to_local(zone, one.joined_at).date())
    return _("{name}, since {day}", name=parts.safe_name(one.display_name), day=day)


def confirm_archive(_: Translator, cohort: Cohort) -> Reply:
    """Asks for confirmation before a cohort is archived."""
    text = parts.join_paragraphs(
        _("End this cohort?") + "\n" + parts.bold(parts.safe_name(cohort.name)),
        _(
            "Its links stop working, its deadline no longer counts, and nothing is sent to it any"
            " more. Everybody keeps their place in the course. It cannot be opened again."
        ),
    )
    end = cohort_button(_("End it"), "archive-now", cohort.id)
    return Reply(text, ((end, cohort_button(_("Keep it"), "open", cohort.id)),))


def cohort_button(label: str, what: str, number: int = 0, value: str = "") -> Button:
    """A button of a cohort."""
    return parts.button(label, ManagePress("k", what, number, value))


def _choices(_: Translator, cohort: Cohort) -> Rows:
    number = cohort.id
    people = cohort_button(_("Members"), "members", number)
    every = cohort_button(_("All cohorts"), "list")
    if cohort.state is CohortState.ARCHIVED:
        return ((people,), (every,))
    change = cohort_button(_("Change"), "change", number)
    share = cohort_button(_("Add a facilitator"), "grant", number)
    last = ((share, cohort_button(_("End it"), "archive", number)), (every,))
    if cohort.state is CohortState.OPEN:
        invite = cohort_button(_("Invite"), "links", number)
        close = cohort_button(_("Close"), "close", number)
        return ((invite, people), (change, close), *last)
    return ((people,), (change, cohort_button(_("Open again"), "reopen", number)), *last)


def _state(_: Translator, cohort: Cohort) -> str:
    return {
        CohortState.OPEN: _("Open: people can join."),
        CohortState.CLOSED: _("Closed: nobody can join, and everything else goes on."),
        CohortState.ARCHIVED: _("Over."),
    }[cohort.state]


def _people(_: Translator, cohort: Cohort) -> str:
    if cohort.capacity is None:
        return _.ngettext(
            "{number} person belongs to it.", "{number} people belong to it.", cohort.members
        )
    return _.ngettext(
        "{number} of {places} places is taken.",
        "{number} of {places} places are taken.",
        cohort.members,
        places=_.number(cohort.capacity),
    )


def cohort_dates(_: Translator, cohort: Cohort | CohortDescription) -> str:
    """Start and deadline of a cohort, a line each."""
    start, deadline, zone = cohort.starts_at, cohort.deadline, cohort.zone
    from_day = (
        _("Start: none") if start is None else _("Start: {date}", date=date_text(_, start, zone))
    )
    until = (
        _("Deadline: none")
        if deadline is None
        else _("Deadline: {date}", date=deadline_text(_, deadline, zone))
    )
    return f"{from_day}\n{until}"


def _links(_: Translator, details: CohortDetails) -> str:
    usable = sum(one.is_usable(details.now) for one in details.links)
    if not usable:
        return _("There is no link to join it now. Invite makes one.")
    return _.ngettext(
        "{number} link to join it works now.", "{number} links to join it work now.", usable
    )


def _group(_: Translator, cohort: Cohort) -> str:
    if cohort.group is not None:
        return _("A group gets its weekly summary.")
    return _("No group gets its weekly summary; /bind in a group changes that.")


def _page_button(what: str, number: int, label: str, page: str) -> Button:
    return cohort_button(label, what, number, page)


def _open_rows(found: Sequence[Cohort]) -> Rows:
    return parts.column(cohort_button(one.name, "open", one.id) for one in found)


def welcome_text(_: Translator, text: str) -> str | None:
    """What people who join a cohort read; `None` when it has no such text."""
    read = parts.quotation(parts.plain_text(text))
    return _("People who join read: {text}", text=read) if text else None


def _back_button(_: Translator, cohort: int) -> Button:
    return cohort_button(_("Back"), "open", cohort)
