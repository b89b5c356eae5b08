-- What a person makes has as its id the update that made it: unique, and the same when the update comes again.
-- A person is a Telegram user id. Somebody who leads need not be a learner, so nothing here refers to one unless it says so.

-- Who may do more than learn. Admins of the settings are not here.
create table roles (
    person bigint not null,
    role text not null,          -- admin, or facilitator: may make cohorts
    granted_by bigint not null,
    at bigint not null,
    primary key (person, role)
);

-- Every privileged act. Append-only: there is no statement that changes or deletes a row. Never texts, names or answers.
create table audit (
    update_id bigint not null,
    act text not null,
    subject text not null,       -- what it was done to, such as a cohort's id; a learner is named by their membership
    detail text not null,
    actor bigint not null,
    at bigint not null,
    primary key (update_id, act, subject)
);

create index audit_by_time on audit (at);

create table cohorts (
    cohort bigint primary key,
    name text not null,
    starts_at bigint,
    deadline bigint,
    zone text not null,          -- of its dates, as its facilitator named it
    welcome text not null,
    capacity integer,
    state text not null,         -- open: may be joined, its deadline counts; closed: no more joining; archived: over
    group_chat bigint,           -- where its weekly summary goes
    summarised_at bigint,        -- when that last went out
    made_by bigint not null,
    made_at bigint not null
);

create index cohorts_with_group on cohorts (group_chat) where group_chat is not null;

create table facilitators (
    person bigint not null,
    cohort bigint not null references cohorts (cohort) deferrable initially deferred,
    digest_hour smallint,        -- at which local hour the daily digest may come; null: none
    zone text,                   -- of that hour; null: the cohort's
    digested_at bigint,          -- when the last one went out
    digest text,                 -- who was on the radar then and why, so that the same is not said again
    at bigint not null,
    primary key (person, cohort)
);

create index facilitators_of_cohort on facilitators (cohort);

create table memberships (
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    cohort bigint not null references cohorts (cohort) deferrable initially deferred,
    membership bigint not null unique,   -- names the learner on a facilitator's buttons
    invitation text not null,    -- the digest by which they came
    name text,                   -- as they want to be called here; null: by the pseudonym
    pseudonym text not null,
    joined_at bigint not null,
    left_at bigint,              -- null: belongs to it
    primary key (learner, cohort)
);

create index memberships_of_cohort on memberships (cohort);
create index memberships_by_invitation on memberships (invitation);

create table invitations (
    digest text primary key,     -- SHA-256 of the token; the token is not kept
    kind text not null,          -- cohort, facilitator or admin
    cohort bigint references cohorts (cohort) deferrable initially deferred,
    expires_at bigint not null,
    most_uses integer not null,  -- those of kind cohort are counted in memberships
    used_by bigint,              -- the others serve once
    used_at bigint,
    revoked_at bigint,
    made_by bigint not null,
    made_at bigint not null
);

create index invitations_of_cohort on invitations (cohort);

-- Links that led nowhere, so that nobody guesses for long. Kept for an hour.
create table tries (
    person bigint not null,
    update_id bigint not null,
    at bigint not null,
    primary key (person, update_id)
);

create index tries_by_time on tries (at);

-- A dialogue that is not finished: one for each person, a day at most.
create table drafts (
    person bigint primary key,
    kind text not null,
    body text not null,          -- JSON, of a shape that its kind knows
    at bigint not null
);

create table broadcasts (
    broadcast bigint primary key,
    made_by bigint not null,
    made_at bigint not null,
    audience text not null,      -- JSON
    content text not null,       -- JSON
    send_at bigint,
    local_hour smallint,         -- at each learner's own hour, not before send_at
    weekly smallint not null default 0,
    urgent smallint not null default 0,
    state text not null,         -- draft, scheduled, sending, stopped, done, cancelled or undone
    progress_chat bigint,
    progress_message bigint
);

create index broadcasts_by_maker on broadcasts (made_by);
create index broadcasts_to_do on broadcasts (send_at) where state in ('scheduled', 'sending');
create index deliveries_of_broadcast on deliveries (subject, state) where kind = 'broadcast';

create table rsvps (
    broadcast bigint not null references broadcasts (broadcast) deferrable initially deferred,
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    choice smallint not null,
    at bigint not null,
    primary key (broadcast, learner)
);

create index rsvps_of_learner on rsvps (learner);

-- Learners who ask their facilitators for help.
create table requests (
    request bigint primary key,
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    cohort bigint not null references cohorts (cohort) deferrable initially deferred,
    item text not null,          -- the card or question they were at
    said text not null,
    at bigint not null,
    taken_by bigint,
    answered_at bigint
);

create index requests_of_learner on requests (learner);
create index requests_of_cohort on requests (cohort, answered_at);

-- What a facilitator writes to one learner: to somebody on the radar, or the answer to a request.
create table notes (
    note bigint primary key,
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    cohort bigint not null references cohorts (cohort) deferrable initially deferred,
    about text not null,         -- what for, and the how many-th: two who write for the same at once write once
    html text not null,
    made_by bigint not null,
    made_at bigint not null,
    unique (learner, cohort, about)
);

-- What a facilitator has dealt with on the radar.
create table seen (
    cohort bigint not null references cohorts (cohort) deferrable initially deferred,
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    reason text not null,
    at bigint not null,
    primary key (cohort, learner, reason)
);

create index seen_of_learner on seen (learner);

-- Keys that this database makes for itself.
create table keys (
    name text primary key,
    content text not null
);
