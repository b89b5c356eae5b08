"""A learner's reminders: their status, their preferences, and snoozing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from bot.actions.learner_changes import save_preferences
from bot.actions.learner_state import (
    Interaction,
    LearnerState,
    Services,
    find_next_reminder,
    load_learner,
    situation_of,
)
from bot.parsing.reminder_preferences import change_preference
from course import local_time
from course.reminders.allowed_times import usual_minute
from course.reminders.next_reminder import NoReminder, Reminder
from course.reminders.preferences import Pace, Preferences
from course.reminders.rhythm import Rhythm
from storage.learners import Learner
from storage.reminders import LastReminder


@dataclass(frozen=True, slots=True)
class ReminderStatus:
    """The status of a learner's reminders.

    Attributes:
        planned: the next reminder, if the learner does nothing until then.
        active_at: the last activity, from which reminders count, in UTC milliseconds.
        usual_minute: the minute after midnight at which they usually learn, in their zone or in
            UTC.
    """

    learner_state: LearnerState
    rhythm: Rhythm
    preferences: Preferences
    planned: Reminder | NoReminder
    active_at: int
    usual_minute: int

    @property
    def now(self) -> int:
        """The time of the interaction, in UTC milliseconds."""
        return self.learner_state.interaction.at

    @property
    def knows_zone(self) -> bool:
        """Whether the learner's time zone is known."""
        return self.preferences.zone is not None

    @property
    def reminder_minute(self) -> int:
        """The minute after midnight at which reminders come, in their zone or in UTC."""
        return self.preferences.quiet_to if self.is_moved_out_of_quiet else self._preferred_minute

    @property
    def is_moved_out_of_quiet(self) -> bool:
        """Whether the preferred time is within quiet hours, so that reminders come at their end."""
        return self.knows_zone and self.preferences.is_quiet(self._preferred_minute)

    @property
    def _preferred_minute(self) -> int:
        if self.preferences.zone is None or self.preferences.at_usual_time:
            return self.usual_minute
        return (
            self.rhythm.reminder_minute
            if self.preferences.reminder_minute is None
            else self.preferences.reminder_minute
        )

    def local_time(self, at: int) -> datetime:
        """The learner's local time at `at`; UTC when their zone is not known."""
        return local_time.to_local(self.preferences.zone or "UTC", at)


async def load_status(services: Services, interaction: Interaction) -> ReminderStatus:
    """Load the status of a learner's reminders; changes nothing."""
    return build_status(services, await load_learner(services, interaction))


async def fetch_last_reminder(services: Services, interaction: Interaction) -> LastReminder | None:
    """Load the learner's newest due reminder; `None` when there was none."""
    return await services.store.fetch_last_reminder(interaction.learner)


async def switch_reminders(
    services: Services, interaction: Interaction, *, on: bool
) -> ReminderStatus:
    """Switch reminders on, whatever had switched them off, or off until switched on again."""
    state = await load_learner(services, interaction)
    wished = _preferences_of(state)
    if not on:
        return await _save_preferences(services, state, replace(wished, paused=True))
    pace = Pace.NORMAL if wished.pace is Pace.NONE else wished.pace
    return await _save_preferences(
        services, state, replace(wished, paused=False, stopped=False, pace=pace)
    )


async def set_preference(
    services: Services, interaction: Interaction, setting: str, value: str
) -> ReminderStatus | None:
    """Change one preference; `None`, and no change, when the value is not valid.

    Args:
        setting: one of `bot.callback_data.PREFERENCES`.
        value: as `change_preference` parses it.
    """
    state = await load_learner(services, interaction)
    wanted = change_preference(_preferences_of(state), setting, value)
    return None if wanted is None else await _save_preferences(services, state, wanted)


def build_status(services: Services, state: LearnerState) -> ReminderStatus:
    """Build the reminder status from a learner's state; being here now counts as activity."""
    known = state.learner or Learner(
        state.interaction.learner, state.interaction.at, state.interaction.language
    )
    present = replace(state, learner=replace(known, active_at=state.interaction.at))
    looked_at, rhythm = situation_of(present), services.rhythm
    wished = looked_at.preferences
    usual = usual_minute(_activity_times(state, looked_at.joined_at), wished.zone)
    return ReminderStatus(
        state, rhythm, wished, find_next_reminder(services, present), looked_at.active_at, usual
    )


async def _save_preferences(
    services: Services, state: LearnerState, preferences: Preferences
) -> ReminderStatus:
    return build_status(services, await save_preferences(services, state, preferences))


def _preferences_of(state: LearnerState) -> Preferences:
    return Preferences() if state.learner is None else state.learner.preferences


def _activity_times(state: LearnerState, joined_at: int) -> Iterable[int]:
    answered = (one.at for askings in state.progress.attempts.values() for one in askings)
    return chain((joined_at, state.interaction.at), state.progress.read.values(), answered)
