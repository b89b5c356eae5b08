CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
COMMENT ON TABLE public.alembic_version IS 'Course Tutor Bot';
CREATE TABLE public.answer_counts (
    cohort bigint NOT NULL,
    gone smallint NOT NULL,
    question text NOT NULL,
    options text NOT NULL,
    is_first smallint NOT NULL,
    standing smallint NOT NULL,
    count bigint NOT NULL,
    correct bigint NOT NULL
);
CREATE TABLE public.attempts (
    learner bigint NOT NULL,
    question text NOT NULL,
    ordinal integer NOT NULL,
    options text NOT NULL,
    correct smallint NOT NULL,
    course_version text NOT NULL,
    at bigint NOT NULL,
    update_id bigint NOT NULL,
    hour smallint,
    took smallint,
    standing smallint
);
CREATE VIEW public.answers_of AS
 SELECT learner,
    question,
    options,
    correct,
        CASE
            WHEN (ordinal = 1) THEN 1
            ELSE 0
        END AS is_first,
    COALESCE((standing)::integer, '-1'::integer) AS standing
   FROM public.attempts;
CREATE TABLE public.audit (
    update_id bigint NOT NULL,
    act text NOT NULL,
    subject text NOT NULL,
    detail text NOT NULL,
    actor bigint NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE public.broadcasts (
    broadcast bigint NOT NULL,
    made_by bigint NOT NULL,
    made_at bigint NOT NULL,
    audience text NOT NULL,
    content text NOT NULL,
    send_at bigint,
    local_hour smallint,
    weekly smallint DEFAULT 0 NOT NULL,
    urgent smallint DEFAULT 0 NOT NULL,
    state text NOT NULL,
    progress_chat bigint,
    progress_message bigint
);
CREATE TABLE public.cohorts (
    cohort bigint NOT NULL,
    name text NOT NULL,
    starts_at bigint,
    deadline bigint,
    zone text NOT NULL,
    welcome text NOT NULL,
    capacity integer,
    state text NOT NULL,
    group_chat bigint,
    summarised_at bigint,
    made_by bigint NOT NULL,
    made_at bigint NOT NULL
);
CREATE TABLE public.counted (
    learner bigint NOT NULL,
    cohort bigint NOT NULL
);
CREATE TABLE public.deliveries (
    learner bigint NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    state text NOT NULL,
    reason text,
    due_at bigint NOT NULL,
    holder text,
    claimed_at bigint,
    sent_at bigint,
    message_id bigint,
    made_at bigint NOT NULL
);
CREATE TABLE public.drafts (
    person bigint NOT NULL,
    kind text NOT NULL,
    body text NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE public.facilitators (
    person bigint NOT NULL,
    cohort bigint NOT NULL,
    digest_hour smallint,
    zone text,
    digested_at bigint,
    at bigint NOT NULL,
    told_until bigint
);
CREATE TABLE public.readings (
    learner bigint NOT NULL,
    item text NOT NULL,
    at bigint NOT NULL,
    update_id bigint NOT NULL
);
CREATE VIEW public.facts_of AS
 SELECT readings.learner,
    readings.at
   FROM public.readings
UNION ALL
 SELECT attempts.learner,
    attempts.at
   FROM public.attempts;
CREATE TABLE public.hour_counts (
    cohort bigint NOT NULL,
    gone smallint NOT NULL,
    day integer NOT NULL,
    hour smallint NOT NULL,
    count bigint NOT NULL,
    correct bigint NOT NULL
);
CREATE VIEW public.hours_of AS
 SELECT learner,
    correct,
    (at / 86400000) AS day,
    COALESCE((hour)::integer, '-1'::integer) AS hour
   FROM public.attempts
  WHERE (ordinal = 1);
CREATE TABLE public.inbox (
    update_id bigint NOT NULL,
    learner bigint,
    body text NOT NULL,
    received_at bigint NOT NULL,
    applied_at bigint,
    done_at bigint,
    tries integer NOT NULL,
    error text
);
CREATE TABLE public.invitations (
    digest text NOT NULL,
    kind text NOT NULL,
    cohort bigint,
    expires_at bigint NOT NULL,
    most_uses integer NOT NULL,
    used_by bigint,
    used_at bigint,
    revoked_at bigint,
    made_by bigint NOT NULL,
    made_at bigint NOT NULL
);
CREATE TABLE public.keys (
    name text NOT NULL,
    content text NOT NULL
);
CREATE TABLE public.learners (
    learner bigint NOT NULL,
    joined_at bigint NOT NULL,
    language text,
    plain smallint NOT NULL,
    stopped_at bigint,
    unreachable_at bigint,
    zone text,
    remind_at smallint,
    as_usual smallint DEFAULT 0 NOT NULL,
    quiet_from smallint DEFAULT 1200 NOT NULL,
    quiet_to smallint DEFAULT 480 NOT NULL,
    rest_days text DEFAULT ''::text NOT NULL,
    pace text DEFAULT 'normal'::text NOT NULL,
    snoozed_until bigint,
    paused_at bigint,
    active_at bigint,
    nudges_used smallint DEFAULT 0 NOT NULL,
    nudged_at bigint,
    deadline_used bigint,
    proactive_at bigint,
    next_nudge_at bigint
);
CREATE TABLE public.leases (
    name text NOT NULL,
    holder text NOT NULL,
    until bigint NOT NULL
);
CREATE TABLE public.memberships (
    learner bigint NOT NULL,
    cohort bigint NOT NULL,
    membership bigint NOT NULL,
    invitation text NOT NULL,
    name text,
    pseudonym text NOT NULL,
    joined_at bigint NOT NULL,
    left_at bigint
);
CREATE TABLE public.milestones (
    learner bigint NOT NULL,
    item text NOT NULL,
    at bigint NOT NULL,
    minutes integer
);
CREATE TABLE public.notes (
    note bigint NOT NULL,
    learner bigint NOT NULL,
    cohort bigint NOT NULL,
    about text NOT NULL,
    html text NOT NULL,
    made_by bigint NOT NULL,
    made_at bigint NOT NULL,
    message bigint,
    told_at bigint
);
CREATE TABLE public.nudge_counts (
    kind text NOT NULL,
    wording smallint NOT NULL,
    arm text NOT NULL,
    made bigint NOT NULL,
    sent bigint NOT NULL,
    back_in_day bigint NOT NULL,
    back_in_three bigint NOT NULL,
    stopped bigint NOT NULL,
    blocked bigint NOT NULL,
    snoozed bigint NOT NULL
);
CREATE TABLE public.nudges (
    learner bigint NOT NULL,
    opportunity text NOT NULL,
    kind text NOT NULL,
    wording smallint NOT NULL,
    arm text NOT NULL,
    at bigint NOT NULL,
    back_at bigint,
    stopped smallint NOT NULL,
    blocked smallint NOT NULL,
    snoozed smallint NOT NULL
);
CREATE VIEW public.partings AS
 SELECT 0 AS gone,
    '-1'::integer AS change
UNION ALL
 SELECT 1 AS gone,
    1 AS change;
CREATE TABLE public.pass_counts (
    cohort bigint NOT NULL,
    gone smallint NOT NULL,
    item text NOT NULL,
    day integer NOT NULL,
    minutes integer NOT NULL,
    count bigint NOT NULL
);
CREATE VIEW public.passed_of AS
 SELECT milestones.learner,
    milestones.item,
    (milestones.at / 86400000) AS day,
    milestones.minutes
   FROM public.milestones
  WHERE (milestones.minutes IS NOT NULL)
UNION ALL
 SELECT learners.learner,
    '#joined'::text AS item,
    (learners.joined_at / 86400000) AS day,
    0 AS minutes
   FROM public.learners;
CREATE VIEW public.places AS
 SELECT learners.learner,
    0 AS cohort
   FROM public.learners
UNION ALL
 SELECT counted.learner,
    counted.cohort
   FROM public.counted;
CREATE TABLE public.reach_counts (
    cohort bigint NOT NULL,
    gone smallint NOT NULL,
    item text NOT NULL,
    since integer NOT NULL,
    count bigint NOT NULL
);
CREATE VIEW public.reached_of AS
 SELECT learners.learner,
    milestones.item,
    (learners.joined_at / 86400000) AS since
   FROM (public.learners
     JOIN public.milestones ON ((learners.learner = milestones.learner)))
UNION ALL
 SELECT learners.learner,
    '#joined'::text AS item,
    (learners.joined_at / 86400000) AS since
   FROM public.learners;
CREATE TABLE public.reading_counts (
    gone smallint NOT NULL,
    item text NOT NULL,
    count bigint NOT NULL
);
CREATE VIEW public.readings_of AS
 SELECT learner,
    item
   FROM public.readings
  WHERE (item !~~ '%%#%%'::text);
CREATE TABLE public.recounts (
    at bigint NOT NULL,
    wrong bigint NOT NULL
);
CREATE TABLE public.reports (
    update_id bigint NOT NULL,
    learner bigint NOT NULL,
    item text NOT NULL,
    said text NOT NULL,
    course_version text NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE public.requests (
    request bigint NOT NULL,
    learner bigint NOT NULL,
    cohort bigint NOT NULL,
    item text NOT NULL,
    said text NOT NULL,
    at bigint NOT NULL,
    taken_by bigint,
    answered_at bigint
);
CREATE TABLE public.roles (
    person bigint NOT NULL,
    role text NOT NULL,
    granted_by bigint NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE public.rsvps (
    broadcast bigint NOT NULL,
    learner bigint NOT NULL,
    choice smallint NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE public.seen (
    cohort bigint NOT NULL,
    learner bigint NOT NULL,
    reason text NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE public.sent_files (
    bot bigint NOT NULL,
    digest text NOT NULL,
    file_id text NOT NULL
);
CREATE VIEW public.shifts AS
 SELECT memberships.learner,
    0 AS leaving,
    memberships.cohort,
    0 AS gone,
    1 AS change
   FROM (public.memberships
     LEFT JOIN public.counted ON (((memberships.learner = counted.learner) AND (memberships.cohort = counted.cohort))))
  WHERE ((memberships.left_at IS NULL) AND (counted.cohort IS NULL))
UNION ALL
 SELECT counted.learner,
    0 AS leaving,
    counted.cohort,
    0 AS gone,
    '-1'::integer AS change
   FROM (public.counted
     LEFT JOIN public.memberships ON (((counted.learner = memberships.learner) AND (counted.cohort = memberships.cohort) AND (memberships.left_at IS NULL))))
  WHERE (memberships.cohort IS NULL)
UNION ALL
 SELECT counted.learner,
    1 AS leaving,
    counted.cohort,
    partings.gone,
    partings.change
   FROM ((public.counted
     JOIN public.memberships ON (((counted.learner = memberships.learner) AND (counted.cohort = memberships.cohort) AND (memberships.left_at IS NULL))))
     CROSS JOIN public.partings)
UNION ALL
 SELECT learners.learner,
    1 AS leaving,
    0 AS cohort,
    partings.gone,
    partings.change
   FROM (public.learners
     CROSS JOIN public.partings);
CREATE TABLE public.time_counts (
    gone smallint NOT NULL,
    question text NOT NULL,
    took smallint NOT NULL,
    count bigint NOT NULL
);
CREATE VIEW public.times_of AS
 SELECT learner,
    question,
    took
   FROM public.attempts
  WHERE (took IS NOT NULL);
CREATE TABLE public.tries (
    person bigint NOT NULL,
    update_id bigint NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE public.visit_counts (
    cohort bigint NOT NULL,
    gone smallint NOT NULL,
    what smallint NOT NULL,
    day integer NOT NULL,
    gap smallint NOT NULL,
    count bigint NOT NULL
);
CREATE TABLE public.visits (
    learner bigint NOT NULL,
    what smallint NOT NULL,
    day integer NOT NULL
);
CREATE VIEW public.visits_of AS
 SELECT learner,
    what,
    day,
        CASE
            WHEN ((day - lag(day, 1, day) OVER (PARTITION BY learner, what ORDER BY day)) > 99) THEN 99
            ELSE (day - lag(day, 1, day) OVER (PARTITION BY learner, what ORDER BY day))
        END AS gap
   FROM public.visits;
CREATE TABLE public.weekly_reports (
    person bigint NOT NULL,
    minute smallint NOT NULL,
    not_before bigint NOT NULL,
    holder text
);
INSERT INTO public.alembic_version VALUES
('0011');
INSERT INTO public.answer_counts VALUES
(0, 0, 'm1q2', 'a.c', 1, -1, 8, 8),
(391752390, 0, 'm1q2', 'a.c', 1, -1, 7, 7),
(0, 0, 'm1q2', 'b', 1, -1, 1, 0),
(391752390, 0, 'm1q2', 'b', 1, -1, 1, 0),
(0, 0, 'm1q3', 'b', 1, -1, 3, 3),
(391752390, 0, 'm1q3', 'b', 1, -1, 3, 3),
(0, 0, 'm1q3', 'b', 0, -1, 1, 1),
(391752390, 0, 'm1q3', 'b', 0, -1, 1, 1),
(0, 0, 'm1q1', 'a', 0, -1, 2, 2),
(391752390, 0, 'm1q1', 'a', 0, -1, 2, 2),
(0, 0, 'm1q1', 'b', 1, -1, 3, 0),
(391752390, 0, 'm1q1', 'b', 1, -1, 3, 0),
(0, 0, 'm2q1', 'c', 1, -1, 3, 3),
(391752390, 0, 'm2q1', 'c', 1, -1, 3, 3),
(391752390, 0, 'm1q3', 'a', 1, -1, 1, 0),
(391752390, 0, 'm1q1', 'a', 1, -1, 7, 7),
(0, 0, 'm1q3', 'a', 1, -1, 2, 0),
(0, 1, 'm1q1', 'a', 1, -1, 1, 1),
(0, 1, 'm1q3', 'a', 1, -1, 1, 0),
(0, 1, 'm1q2', 'a.c', 1, -1, 1, 1),
(0, 0, 'm1q1', 'a', 1, -1, 8, 8);
INSERT INTO public.attempts VALUES
(1001, 'm1q1', 1, 'a', 1, '1', 1794830768000, 391752470, 15, 24, NULL),
(1002, 'm1q1', 1, 'b', 0, '1', 1794830840000, 391752473, 15, 24, NULL),
(1003, 'm1q1', 1, 'a', 1, '1', 1794830912000, 391752476, 15, 24, NULL),
(1003, 'm1q2', 1, 'b', 0, '1', 1794830964000, 391752479, 15, 28, NULL),
(1004, 'm1q1', 1, 'a', 1, '1', 1794831060000, 391752483, 15, 24, NULL),
(1004, 'm1q2', 1, 'a.c', 1, '1', 1794831116000, 391752487, 15, 32, NULL),
(1004, 'm1q3', 1, 'a', 0, '1', 1794831188000, 391752490, 15, 24, NULL),
(1004, 'm1q3', 2, 'b', 1, '1', 1794831236000, 391752492, NULL, NULL, NULL),
(1004, 'm2q1', 1, 'c', 1, '1', 1794831332000, 391752496, 15, 24, NULL),
(1005, 'm1q1', 1, 'a', 1, '1', 1794831452000, 391752501, 15, 24, NULL),
(1005, 'm1q2', 1, 'a.c', 1, '1', 1794831508000, 391752505, 15, 32, NULL),
(1006, 'm1q1', 1, 'a', 1, '1', 1794831580000, 391752508, 7, 24, NULL),
(1006, 'm1q2', 1, 'a.c', 1, '1', 1794831636000, 391752512, 7, 32, NULL),
(1006, 'm1q3', 1, 'b', 1, '1', 1794831708000, 391752515, 7, 24, NULL),
(1006, 'm2q1', 1, 'c', 1, '1', 1794831804000, 391752519, 7, 24, NULL),
(1007, 'm1q1', 1, 'a', 1, '1', 1794831924000, 391752524, 15, 24, NULL),
(1007, 'm1q2', 1, 'a.c', 1, '1', 1794831980000, 391752528, 15, 32, NULL),
(1008, 'm1q1', 1, 'b', 0, '1', 1794832100000, 391752533, 21, 24, NULL),
(1008, 'm1q2', 1, 'a.c', 1, '1', 1794832156000, 391752537, 21, 32, NULL),
(1009, 'm1q1', 1, 'b', 0, '1', 1794832228000, 391752540, 7, 24, NULL),
(1009, 'm1q2', 1, 'a.c', 1, '1', 1794832284000, 391752544, 7, 32, NULL),
(1009, 'm1q3', 1, 'b', 1, '1', 1794832356000, 391752547, 7, 24, NULL),
(1009, 'm1q1', 2, 'a', 1, '1', 1794832404000, 391752549, NULL, NULL, NULL),
(1009, 'm2q1', 1, 'c', 1, '1', 1794832500000, 391752553, 7, 24, NULL),
(1010, 'm1q1', 1, 'a', 1, '1', 1794832620000, 391752558, 15, 24, NULL),
(1010, 'm1q2', 1, 'a.c', 1, '1', 1794832676000, 391752562, 15, 32, NULL),
(1010, 'm1q3', 1, 'a', 0, '1', 1794832748000, 391752565, 15, 24, NULL),
(1011, 'm1q1', 1, 'a', 1, '1', 1794832844000, 391752569, 15, 24, NULL),
(1002, 'm1q2', 1, 'a.c', 1, '1', 1797238820000, 391752626, 12, 12, NULL),
(1002, 'm1q3', 1, 'b', 1, '1', 1797238832000, 391752629, 12, 4, NULL),
(1002, 'm1q1', 2, 'a', 1, '1', 1797238840000, 391752631, NULL, NULL, NULL);
INSERT INTO public.audit VALUES
(391752386, 'offer-role', 'facilitator', 'facilitator', 3001, 1794830404000),
(391752388, 'take-offer', 'facilitator', 'facilitator', 2001, 1794830412000),
(391752390, 'make-cohort', '391752390', '', 2001, 1794830420000),
(391752391, 'offer-role', '391752390', 'facilitator', 2001, 1794830424000),
(391752393, 'take-offer', '391752390', 'facilitator', 2002, 1794830432000),
(391752394, 'offer-role', 'admin', 'admin', 3001, 1794830436000),
(391752396, 'take-offer', 'admin', 'admin', 3002, 1794830444000),
(391752401, 'make-link', '391752390', '7 days', 2001, 1794830464000),
(391752404, 'make-link', '391752390', '30 days', 2001, 1794830476000),
(391752440, 'bind-group', '391752390', '', 2001, 1794830608000),
(391752585, 'take-question', '391752584', '', 2001, 1794833108000),
(391752587, 'write-note', '391752409', 'request', 2001, 1794833116000),
(391752590, 'send-broadcast', '391752590', '', 2001, 1794833152000),
(391752606, 'send-broadcast', '391752606', '', 2002, 1794833204000),
(391752610, 'cancel-broadcast', '391752606', '', 2002, 1794833208000),
(391752612, 'export', 'everybody', 'xlsx', 3001, 1794833216000),
(391752613, 'send-broadcast', '391752613', '', 2002, 1794919624000),
(391752615, 'stop-broadcast', '391752613', '', 2002, 1794919628000),
(391752617, 'undo-broadcast', '391752613', '', 2002, 1794919636000),
(391752634, 'send-broadcast', '391752634', '', 2001, 1797238864000),
(391752638, 'send-broadcast', '391752638', '', 2002, 1797261136000),
(391752650, 'radar-seen', '391752433', '', 2001, 1797273008000),
(391752652, 'write-note', '391752415', 'silent', 2001, 1797273016000),
(391752667, 'take-question', '391752648', '', 2001, 1797273068000),
(391752669, 'write-note', '391752418', 'request', 2001, 1797273068000),
(391752670, 'take-question', '391752646', '', 2001, 1797273068000),
(391752672, 'write-note', '391752427', 'request', 2001, 1797273068000);
INSERT INTO public.broadcasts VALUES
(391752634, 2001, 1797238852000, '{"cohorts":[391752390],"narrowed":[],"silent_days":7,"language":null}', '{"html":"Now at your noon","photo":null,"document":null,"buttons":[]}', 1797260400000, NULL, 0, 0, 'sending', 2001, 304),
(391752606, 2002, 1794833192000, '{"cohorts":[391752390],"narrowed":[],"silent_days":7,"language":null}', '{"html":"Not now","photo":null,"document":null,"buttons":[]}', 1795165200000, NULL, 0, 0, 'cancelled', 2002, NULL),
(391752590, 2001, 1794833128000, '{"cohorts":[391752390],"narrowed":[],"silent_days":7,"language":null}', '{"html":"&lt;b&gt;Hello&lt;/b&gt; {name}, do you come?","photo":null,"document":null,"buttons":[{"text":"Yes"},{"text":"No"},{"text":"Perhaps"}]}', 1794833152000, NULL, 0, 0, 'done', 2001, 212),
(391752638, 2002, 1797261124000, '{"cohorts":[391752390],"narrowed":[],"silent_days":7,"language":null}', '{"html":"Planned for Thursday","photo":null,"document":null,"buttons":[]}', 1797508800000, NULL, 0, 0, 'scheduled', 2002, NULL),
(391752642, 2002, 1797261140000, '{"cohorts":[391752390],"narrowed":[],"silent_days":7,"language":null}', '{"html":"Still a draft","photo":null,"document":null,"buttons":[]}', NULL, NULL, 0, 0, 'draft', NULL, NULL),
(391752613, 2002, 1794919620000, '{"cohorts":[391752390],"narrowed":[],"silent_days":7,"language":null}', '{"html":"Sorry, wrong number","photo":null,"document":null,"buttons":[]}', 1794919624000, NULL, 0, 0, 'undone', 2002, 240);
INSERT INTO public.cohorts VALUES
(391752390, 'Nairobi', NULL, 1796158740000, 'Africa/Nairobi', '', NULL, 'open', -100001, 1797238800000, 2001, 1794830420000);
INSERT INTO public.counted VALUES
(1004, 391752390),
(1001, 391752390),
(1002, 391752390),
(1003, 391752390),
(1005, 391752390),
(1006, 391752390),
(1007, 391752390),
(1008, 391752390),
(1009, 391752390),
(1011, 391752390),
(1012, 391752390);
INSERT INTO public.deliveries VALUES
(1005, 'nudge', '1795578452000:first', 'sent', NULL, 1796281628000, '1c884fb27fd47fef', 1796291252000, 1796291252000, 280, 1796291252000),
(1002, 'question', '391752584:2002', 'sent', NULL, 1794833104000, '1c884fb27fd47fef', 1794833104000, 1794833104000, 196, 1794833104000),
(1002, 'question', '391752584:2001', 'sent', NULL, 1794833104000, '1c884fb27fd47fef', 1794833104000, 1794833104000, 197, 1794833104000),
(1010, 'nudge', '1794833180000:second', 'sent', NULL, 1795676804000, '1c884fb27fd47fef', 1795686452000, 1795686452000, 269, 1795686452000),
(1003, 'nudge', '1794833160000:second', 'sent', NULL, 1795676758000, '1c884fb27fd47fef', 1795686452000, 1795686452000, 270, 1795686452000),
(1002, 'answer', '391752587', 'sent', NULL, 1794833116000, '1c884fb27fd47fef', 1794833116000, 1794833116000, 201, 1794833116000),
(1008, 'nudge', '1796158740000:deadline', 'sent', NULL, 1796000729000, '1c884fb27fd47fef', 1796010452000, 1796010452000, 273, 1796010452000),
(1007, 'nudge', '1795254440000:second', 'sent', NULL, 1796627173000, '1c884fb27fd47fef', 1796636852000, 1796636852000, 282, 1796636852000),
(1010, 'nudge', '1794833180000:last', 'sent', NULL, 1796627204000, '1c884fb27fd47fef', 1796636852000, 1796636852000, 283, 1796636852000),
(1001, 'nudge', '1796158740000:deadline', 'sent', NULL, 1796022103000, '1c884fb27fd47fef', 1796032052000, 1796032052000, 275, 1796032052000),
(1012, 'nudge', '1794830704000:last', 'sent', NULL, 1796886076000, '1c884fb27fd47fef', 1797238800000, 1797238800000, 287, 1797238800000),
(1001, 'nudge', '1794833156000:last', 'sent', NULL, 1796886103000, '1c884fb27fd47fef', 1797238800000, 1797238800000, 288, 1797238800000),
(1005, 'nudge', '1795578452000:second', 'sent', NULL, 1796886428000, '1c884fb27fd47fef', 1797238800000, 1797238800000, 289, 1797238800000),
(1001, 'broadcast', '391752634', 'skipped', 'told-today', 1797261120000, NULL, NULL, NULL, NULL, 1797261120000),
(1005, 'broadcast', '391752634', 'skipped', 'told-today', 1797261120000, NULL, NULL, NULL, NULL, 1797261120000),
(1008, 'broadcast', '391752634', 'queued', NULL, 1797289200000, NULL, NULL, NULL, NULL, 1797261120000),
(1011, 'broadcast', '391752634', 'skipped', 'stopped', 1797261120000, NULL, NULL, NULL, NULL, 1797261120000),
(1012, 'broadcast', '391752634', 'skipped', 'told-today', 1797261120000, NULL, NULL, NULL, NULL, 1797261120000),
(1002, 'broadcast', '391752590', 'failed', 'Forbidden: bot was blocked by the user', 1794833152000, '1c884fb27fd47fef', 1794833152000, 1794833152000, NULL, 1794833152000),
(1001, 'broadcast', '391752590', 'sent', NULL, 1794833152000, '1c884fb27fd47fef', 1794833152000, 1794833152000, 214, 1794833152000),
(1004, 'broadcast', '391752590', 'sent', NULL, 1794833152000, '1c884fb27fd47fef', 1794833152000, 1794833152000, 215, 1794833152000),
(1010, 'broadcast', '391752590', 'unknown', 'NetworkError', 1794833152000, '1c884fb27fd47fef', 1794833152000, 1794833152000, NULL, 1794833152000),
(1005, 'broadcast', '391752590', 'sent', NULL, 1794833152000, '1c884fb27fd47fef', 1794833152000, 1794833152000, 216, 1794833152000),
(1003, 'broadcast', '391752590', 'sent', NULL, 1794833152000, '1c884fb27fd47fef', 1794833152000, 1794833152000, 217, 1794833152000),
(1011, 'broadcast', '391752590', 'sent', NULL, 1794833152000, '1c884fb27fd47fef', 1794833152000, 1794833152000, 218, 1794833152000),
(1012, 'broadcast', '391752590', 'sent', NULL, 1794833152000, '1c884fb27fd47fef', 1794833152000, 1794833152000, 219, 1794833152000),
(1007, 'broadcast', '391752590', 'sent', NULL, 1794833152000, '1c884fb27fd47fef', 1794833152000, 1794833152000, 220, 1794833152000),
(1006, 'broadcast', '391752590', 'sent', NULL, 1794834000000, '1c884fb27fd47fef', 1794844016000, 1794844016000, 233, 1794833152000),
(1009, 'broadcast', '391752590', 'sent', NULL, 1794834000000, '1c884fb27fd47fef', 1794844016000, 1794844016000, 234, 1794833152000),
(1008, 'broadcast', '391752590', 'sent', NULL, 1794870000000, '1c884fb27fd47fef', 1794876416000, 1794876416000, 235, 1794833152000),
(1002, 'broadcast', '391752613', 'skipped', 'unreachable', 1794919624000, NULL, NULL, NULL, NULL, 1794919624000),
(1002, 'broadcast', '391752634', 'sent', NULL, 1797261120000, '1c884fb27fd47fef', 1797261120000, 1797261120000, 305, 1797261120000),
(1006, 'broadcast', '391752634', 'sent', NULL, 1797261120000, '1c884fb27fd47fef', 1797261120000, 1797261120000, 306, 1797261120000),
(1003, 'broadcast', '391752634', 'sent', NULL, 1797261120000, '1c884fb27fd47fef', 1797261120000, 1797261120000, 307, 1797261120000),
(1004, 'broadcast', '391752634', 'sent', NULL, 1797261120000, '1c884fb27fd47fef', 1797261120000, 1797261120000, 308, 1797261120000),
(1007, 'broadcast', '391752634', 'sent', NULL, 1797261120000, '1c884fb27fd47fef', 1797261120000, 1797261120000, 309, 1797261120000),
(1009, 'broadcast', '391752634', 'sent', NULL, 1797261120000, '1c884fb27fd47fef', 1797261120000, 1797261120000, 310, 1797261120000),
(1004, 'question', '391752644:2002', 'sent', NULL, 1797261148000, '1c884fb27fd47fef', 1797261148000, 1797261148000, 324, 1797261148000),
(1004, 'question', '391752644:2001', 'sent', NULL, 1797261148000, '1c884fb27fd47fef', 1797261148000, 1797261148000, 325, 1797261148000),
(1006, 'broadcast', '391752613', 'cancelled', 'sender', 1794920400000, NULL, NULL, NULL, NULL, 1794919624000),
(1008, 'broadcast', '391752613', 'cancelled', 'sender', 1794956400000, NULL, NULL, NULL, NULL, 1794919624000),
(1001, 'broadcast', '391752613', 'deleted', NULL, 1794919624000, '1c884fb27fd47fef', 1794919624000, 1794919624000, 243, 1794919624000),
(1003, 'broadcast', '391752613', 'deleted', NULL, 1794919624000, '1c884fb27fd47fef', 1794919624000, 1794919624000, 245, 1794919624000),
(1004, 'broadcast', '391752613', 'deleted', NULL, 1794919624000, '1c884fb27fd47fef', 1794919624000, 1794919624000, 241, 1794919624000),
(1005, 'broadcast', '391752613', 'deleted', NULL, 1794919624000, '1c884fb27fd47fef', 1794919624000, 1794919624000, 242, 1794919624000),
(1007, 'broadcast', '391752613', 'deleted', NULL, 1794919624000, '1c884fb27fd47fef', 1794919624000, 1794919624000, 244, 1794919624000),
(1009, 'question', '391752646:2002', 'sent', NULL, 1797261156000, '1c884fb27fd47fef', 1797261156000, 1797261156000, 330, 1797261156000),
(1009, 'question', '391752646:2001', 'sent', NULL, 1797261156000, '1c884fb27fd47fef', 1797261156000, 1797261156000, 331, 1797261156000),
(1006, 'question', '391752648:2002', 'sent', NULL, 1797261164000, '1c884fb27fd47fef', 1797261164000, 1797261164000, 336, 1797261164000),
(1006, 'question', '391752648:2001', 'sent', NULL, 1797261164000, '1c884fb27fd47fef', 1797261164000, 1797261164000, 337, 1797261164000),
(1005, 'note', '391752652', 'queued', 'one-a-day', 1797310800000, NULL, 1797273016000, NULL, NULL, 1797273016000),
(1009, 'answer', '391752672', 'claimed', NULL, 1797273068000, '1c884fb27fd47fef', 1797273068000, NULL, NULL, 1797273068000),
(1006, 'answer', '391752669', 'sending', NULL, 1797273068000, '1c884fb27fd47fef', 1797273068000, 1797273068000, NULL, 1797273068000),
(1009, 'broadcast', '391752613', 'cancelled', 'sender', 1794920400000, NULL, NULL, NULL, NULL, 1794919624000),
(1011, 'broadcast', '391752613', 'deleted', NULL, 1794919624000, '1c884fb27fd47fef', 1794919624000, 1794919624000, 247, 1794919624000),
(1012, 'broadcast', '391752613', 'deleted', NULL, 1794919624000, '1c884fb27fd47fef', 1794919624000, 1794919624000, 246, 1794919624000),
(1010, 'nudge', '1794833180000:first', 'sent', NULL, 1795072004000, '1c884fb27fd47fef', 1795081636000, 1795081636000, 250, 1795081636000),
(1001, 'nudge', '1794833156000:first', 'sent', NULL, 1795071703000, '1c884fb27fd47fef', 1795081636000, 1795081636000, 251, 1795081636000),
(1005, 'nudge', '1794831508000:first', 'sent', NULL, 1795072028000, '1c884fb27fd47fef', 1795081636000, 1795081636000, 252, 1795081636000),
(1007, 'nudge', '1794833168000:first', 'sent', NULL, 1795071973000, '1c884fb27fd47fef', 1795081636000, 1795081636000, 253, 1795081636000),
(1007, 'nudge', '1795330800000:snoozed', 'sent', NULL, 1795417573000, '1c884fb27fd47fef', 1795427244000, 1795427244000, 259, 1795427244000);
INSERT INTO public.drafts VALUES
(2002, 'closed', '{"by":391752642}', 1797261128000),
(1004, 'closed', '{"by":391752644}', 1797261144000),
(1009, 'closed', '{"by":391752646}', 1797261152000),
(1006, 'closed', '{"by":391752648}', 1797261160000),
(1003, 'request', '{"item":"m1l2c1","said":"","cohort":391752390}', 1797273024000),
(2001, 'closed', '{"by":391752672}', 1797273068000);
INSERT INTO public.facilitators VALUES
(2001, 391752390, 9, NULL, 1797238800000, 1794830420000, 1796194052000),
(2002, 391752390, 9, NULL, 1797238800000, 1794830432000, 1796194052000);
INSERT INTO public.hour_counts VALUES
(0, 0, 20801, 12, 2, 2),
(391752390, 0, 20801, 12, 2, 2),
(0, 0, 20773, 21, 2, 1),
(391752390, 0, 20773, 21, 2, 1),
(0, 0, 20773, 7, 8, 7),
(391752390, 0, 20773, 7, 8, 7),
(391752390, 0, 20773, 15, 13, 10),
(0, 0, 20773, 15, 16, 12),
(0, 1, 20773, 15, 3, 2);
INSERT INTO public.inbox VALUES
(391752620, NULL, '', 1795578448000, 1795578448000, 1795578448000, 0, NULL),
(391752622, NULL, '', 1797238804000, 1797238804000, 1797238804000, 0, NULL),
(391752621, NULL, '', 1795578452000, 1795578452000, 1795578452000, 0, NULL),
(391752627, NULL, '', 1797238824000, 1797238824000, 1797238824000, 0, NULL),
(391752623, NULL, '', 1797238808000, 1797238808000, 1797238808000, 0, NULL),
(391752624, NULL, '', 1797238812000, NULL, 1797238812000, 0, NULL),
(391752625, NULL, '', 1797238816000, NULL, 1797238816000, 0, NULL),
(391752626, NULL, '', 1797238820000, 1797238820000, 1797238820000, 0, NULL),
(391752628, NULL, '', 1797238828000, 1797238828000, 1797238828000, 0, NULL),
(391752629, NULL, '', 1797238832000, 1797238832000, 1797238832000, 0, NULL),
(391752630, NULL, '', 1797238836000, 1797238836000, 1797238836000, 0, NULL),
(391752644, NULL, '', 1797261148000, 1797261148000, 1797261148000, 0, NULL),
(391752631, NULL, '', 1797238840000, 1797238840000, 1797238840000, 0, NULL),
(391752634, NULL, '', 1797238852000, 1797238852000, 1797238852000, 0, NULL),
(391752632, NULL, '', 1797238844000, 1797238844000, 1797238844000, 0, NULL),
(391752633, NULL, '', 1797238848000, 1797238848000, 1797238848000, 0, NULL),
(391752639, NULL, '', 1797261128000, 1797261128000, 1797261128000, 0, NULL),
(391752635, NULL, '', 1797238856000, 1797238856000, 1797238856000, 0, NULL),
(391752636, NULL, '', 1797238860000, 1797238860000, 1797238860000, 0, NULL),
(391752637, NULL, '', 1797238864000, 1797238864000, 1797238864000, 0, NULL),
(391752640, NULL, '', 1797261132000, 1797261132000, 1797261132000, 0, NULL),
(391752638, NULL, '', 1797261124000, 1797261124000, 1797261124000, 0, NULL),
(391752650, NULL, '', 1797273008000, 1797273008000, 1797273008000, 0, NULL),
(391752641, NULL, '', 1797261136000, 1797261136000, 1797261136000, 0, NULL),
(391752645, NULL, '', 1797261152000, 1797261152000, 1797261152000, 0, NULL),
(391752642, NULL, '', 1797261140000, 1797261140000, 1797261140000, 0, NULL),
(391752643, NULL, '', 1797261144000, 1797261144000, 1797261144000, 0, NULL),
(391752646, NULL, '', 1797261156000, 1797261156000, 1797261156000, 0, NULL),
(391752651, NULL, '', 1797273012000, 1797273012000, 1797273012000, 0, NULL),
(391752647, NULL, '', 1797261160000, 1797261160000, 1797261160000, 0, NULL),
(391752648, NULL, '', 1797261164000, 1797261164000, 1797261164000, 0, NULL),
(391752649, NULL, '', 1797273004000, NULL, 1797273004000, 0, NULL),
(391752652, NULL, '', 1797273016000, 1797273016000, 1797273016000, 0, NULL),
(391752657, NULL, '', 1797273036000, NULL, 1797273036000, 0, NULL),
(391752653, NULL, '', 1797273020000, 1797273020000, 1797273020000, 0, NULL),
(391752654, NULL, '', 1797273024000, 1797273024000, 1797273024000, 0, NULL),
(391752655, NULL, '', 1797273028000, NULL, 1797273028000, 0, NULL),
(391752656, NULL, '', 1797273032000, NULL, 1797273032000, 0, NULL),
(391752658, NULL, '', 1797273040000, NULL, 1797273040000, 0, NULL),
(391752659, NULL, '', 1797273044000, NULL, 1797273044000, 0, NULL),
(391752668, NULL, '', 1797273068000, 1797273068000, 1797273068000, 0, NULL),
(391752671, NULL, '', 1797273068000, 1797273068000, 1797273068000, 0, NULL),
(391752669, NULL, '', 1797273068000, 1797273068000, 1797273068000, 0, NULL),
(391752670, NULL, '', 1797273068000, 1797273068000, 1797273068000, 0, NULL),
(391752672, NULL, '', 1797273068000, 1797273068000, 1797273068000, 0, NULL),
(391752673, 1007, '{"update_id":391752673,"message":{"message_id":363,"from":{"id":1007,"is_bot":false,"first_name":"Somebody","language_code":"en"},"chat":{"id":1007,"type":"private","first_name":"Somebody"},"date":1797273068,"text":"/progress","entities":[{"type":"bot_command","offset":0,"length":9}]}}', 1797273068000, NULL, NULL, 0, NULL),
(391752674, 1007, '{"update_id":391752674,"message":{"message_id":364,"from":{"id":1007,"is_bot":false,"first_name":"Somebody","language_code":"en"},"chat":{"id":1007,"type":"private","first_name":"Somebody"},"date":1797273068,"text":"/help","entities":[{"type":"bot_command","offset":0,"length":5}]}}', 1797273068000, NULL, NULL, 0, NULL),
(391752675, 1001, '{"update_id":391752675,"callback_query":{"id":"3862491511610325159","from":{"id":1001,"is_bot":false,"first_name":"Amina","language_code":"en"},"message":{"message_id":352,"from":{"id":123456,"is_bot":true,"first_name":"Course Tutor","username":"course_tutor_bot"},"chat":{"id":1001,"type":"private","first_name":"Amina"},"date":1797273064,"text":"Module 1 of 2 · Lesson 1 of 2\nQuestion 2 of 2\n\nWhat of m1q2?\n\nA. Option a\nB. Option b\nC. Option c\nD. Option d\n\nMore than one answer is right. Choose all that are, then press Continue.","entities":[{"type":"bold","offset":62,"length":2},{"type":"bold","offset":74,"length":2},{"type":"bold","offset":86,"length":2},{"type":"bold","offset":98,"length":2}],"reply_markup":{"inline_keyboard":[[{"callback_data":"t:m1q2:1:a","text":"A"},{"callback_data":"t:m1q2:1:b","text":"B"},{"callback_data":"t:m1q2:1:c","text":"C"},{"callback_data":"t:m1q2:1:d","text":"D"}]]},"link_preview_options":{"is_disabled":true}},"chat_instance":"7926919","data":"t:m1q2:1:a"}}', 1797273068000, NULL, NULL, 0, NULL),
(391752660, NULL, '', 1797273048000, NULL, 1797273048000, 0, NULL),
(391752661, NULL, '', 1797273052000, NULL, 1797273052000, 0, NULL),
(391752662, NULL, '', 1797273056000, NULL, 1797273056000, 0, NULL),
(391752663, NULL, '', 1797273060000, NULL, 1797273060000, 0, NULL),
(391752664, NULL, '', 1797273064000, NULL, 1797273064000, 0, NULL),
(391752665, NULL, '', 1797273068000, 1797273068000, 1797273068000, 0, NULL),
(391752667, NULL, '', 1797273068000, 1797273068000, 1797273068000, 0, NULL),
(391752666, 1012, '{"update_id":391752666,"message":{"message_id":355,"from":{"id":1012,"is_bot":false,"first_name":"Somebody","language_code":"en"},"chat":{"id":1012,"type":"private","first_name":"Somebody"},"date":1797273068,"text":"/progress","entities":[{"type":"bot_command","offset":0,"length":9}]}}', 1797273068000, NULL, NULL, 3, 'ValueError');
INSERT INTO public.invitations VALUES
('d0cc1e4f1019af6d06455f1d9887be7caeda11aed7fe9c95c6494538595d5034', 'facilitator', NULL, 1795435204000, 1, 2001, 1794830412000, NULL, 3001, 1794830404000),
('5b264f371e582b49f48f333eb09b906a00ebf207c2345ef77b918fdd08661735', 'facilitator', 391752390, 1795435224000, 1, 2002, 1794830432000, NULL, 2001, 1794830424000),
('9c910e54243f1e739f6af19dc02387e3f102393fafc69ae600a9fdae07996581', 'admin', NULL, 1795435236000, 1, 3002, 1794830444000, NULL, 3001, 1794830436000),
('3cb7e0f0abbc90802e0361f08af2b17a916afd3632502198d45c07462cf5e6a6', 'cohort', 391752390, 1795435264000, 1, NULL, NULL, NULL, 2001, 1794830464000),
('a37aaa7cdec14f383c4bb989d2106bb8f151299f6591908f52ef8572ea51d7f8', 'cohort', 391752390, 1797422476000, 1000, NULL, NULL, NULL, 2001, 1794830476000);
INSERT INTO public.keys VALUES
('pseudonyms', '3837334c0087b0be6e3c56cc69dcb11c8cd493706b90b6060246d8928cb3d959'),
('exports', '1456b619fdd3b43cfe5900bf69ce9782185250870f94bb9d772dbe871c85cd60');
INSERT INTO public.learners VALUES
(1003, 1794830508000, 'en', 0, NULL, NULL, 'Africa/Nairobi', NULL, 0, 1200, 480, '56', 'normal', NULL, NULL, 1797273024000, 3, 1797238800000, 1796158740000, 1797261120000, 1797273024000),
(1002, 1794830496000, 'en', 0, NULL, NULL, 'Africa/Nairobi', NULL, 0, 1200, 480, '56', 'normal', NULL, NULL, 1797273056000, 0, NULL, NULL, 1797261120000, 1797445856000),
(1010, 1794830580000, 'en', 0, NULL, NULL, 'Africa/Nairobi', NULL, 0, 1200, 480, '56', 'normal', NULL, NULL, 1794833180000, 3, 1796636852000, NULL, 1796636852000, NULL),
(1008, 1794830556000, 'en', 0, NULL, NULL, 'Asia/Tokyo', NULL, 0, 1200, 480, '56', 'normal', NULL, NULL, 1794832152000, 3, 1797238800000, 1796158740000, 1796010452000, NULL),
(1007, 1794830544000, 'en', 0, NULL, NULL, 'Africa/Nairobi', NULL, 0, 1200, 480, '56', 'normal', 1797577200000, NULL, 1797273060000, 2, 1796636852000, 1796158740000, 1797261120000, 1797445860000),
(1014, 1794830608000, 'en', 0, 1794833124000, NULL, NULL, NULL, 0, 1200, 480, '', 'normal', NULL, NULL, 1794833124000, 0, NULL, NULL, NULL, NULL),
(1001, 1794830484000, 'en', 0, NULL, NULL, 'Africa/Nairobi', NULL, 0, 1200, 480, '56', 'normal', NULL, NULL, 1797273064000, 3, 1797238800000, 1796158740000, 1797238800000, 1797445864000),
(1005, 1794830520000, 'en', 0, NULL, NULL, 'Africa/Nairobi', NULL, 0, 1200, 480, '56', 'normal', NULL, NULL, 1794831504000, 2, 1797238800000, 1796158740000, 1797238800000, 1798096028000),
(1012, 1794830600000, 'en', 0, NULL, NULL, 'Africa/Nairobi', NULL, 0, 1200, 480, '56', 'normal', NULL, NULL, 1794830700000, 3, 1797238800000, 1796158740000, 1797238800000, NULL),
(1009, 1794830568000, 'en', 0, NULL, NULL, 'America/Lima', NULL, 0, 1200, 480, '56', 'normal', NULL, NULL, 1797261156000, 0, NULL, NULL, 1797261120000, NULL),
(1006, 1794830532000, 'en', 0, NULL, NULL, 'America/Lima', NULL, 0, 1200, 480, '56', 'normal', NULL, NULL, 1797261164000, 0, NULL, NULL, 1797261120000, NULL),
(1004, 1794830472000, 'en', 0, NULL, NULL, 'Africa/Nairobi', NULL, 0, 1200, 480, '56', 'normal', NULL, NULL, 1797261148000, 0, NULL, NULL, 1797261120000, NULL),
(1011, 1794830592000, 'en', 0, 1795254444000, NULL, 'Africa/Nairobi', NULL, 0, 1200, 480, '56', 'normal', NULL, NULL, 1795254444000, 1, 1795081636000, NULL, 1794919624000, NULL);
INSERT INTO public.leases VALUES
('outbox', '1c884fb27fd47fef', 1797273128000);
INSERT INTO public.memberships VALUES
(1004, 391752390, 391752403, '3cb7e0f0abbc90802e0361f08af2b17a916afd3632502198d45c07462cf5e6a6', NULL, 'Kind Plateau 73', 1794830472000, NULL),
(1001, 391752390, 391752406, 'a37aaa7cdec14f383c4bb989d2106bb8f151299f6591908f52ef8572ea51d7f8', 'Amina', 'Golden Orchard 10', 1794830484000, NULL),
(1002, 391752390, 391752409, 'a37aaa7cdec14f383c4bb989d2106bb8f151299f6591908f52ef8572ea51d7f8', 'Baraka', 'Early Dune 92', 1794830496000, NULL),
(1003, 391752390, 391752412, 'a37aaa7cdec14f383c4bb989d2106bb8f151299f6591908f52ef8572ea51d7f8', 'Chen', 'Lunar Acacia 91', 1794830508000, NULL),
(1005, 391752390, 391752415, 'a37aaa7cdec14f383c4bb989d2106bb8f151299f6591908f52ef8572ea51d7f8', 'Eve', 'Solar Stream 32', 1794830520000, NULL),
(1006, 391752390, 391752418, 'a37aaa7cdec14f383c4bb989d2106bb8f151299f6591908f52ef8572ea51d7f8', 'Fay', 'Quick Olive 24', 1794830532000, NULL),
(1007, 391752390, 391752421, 'a37aaa7cdec14f383c4bb989d2106bb8f151299f6591908f52ef8572ea51d7f8', 'Gio', 'Quick Forest 62', 1794830544000, NULL),
(1008, 391752390, 391752424, 'a37aaa7cdec14f383c4bb989d2106bb8f151299f6591908f52ef8572ea51d7f8', 'Hana', 'Amber Sage 60', 1794830556000, NULL),
(1009, 391752390, 391752427, 'a37aaa7cdec14f383c4bb989d2106bb8f151299f6591908f52ef8572ea51d7f8', 'Ida', 'Merry Cloud 56', 1794830568000, NULL),
(1011, 391752390, 391752433, 'a37aaa7cdec14f383c4bb989d2106bb8f151299f6591908f52ef8572ea51d7f8', NULL, 'Kind Brook 80', 1794830592000, NULL),
(1012, 391752390, 391752435, 'a37aaa7cdec14f383c4bb989d2106bb8f151299f6591908f52ef8572ea51d7f8', NULL, 'Maple Elm 23', 1794830600000, NULL),
(1010, 391752390, 391752430, 'a37aaa7cdec14f383c4bb989d2106bb8f151299f6591908f52ef8572ea51d7f8', NULL, 'Amber Meadow 71', 1794830580000, 1794833180000);
INSERT INTO public.milestones VALUES
(1004, '#started', 1794830616000, 0),
(1001, '#started', 1794830624000, 0),
(1002, '#started', 1794830632000, 0),
(1003, '#started', 1794830640000, 0),
(1005, '#started', 1794830648000, 0),
(1006, '#started', 1794830656000, 0),
(1007, '#started', 1794830664000, 0),
(1008, '#started', 1794830672000, 0),
(1009, '#started', 1794830680000, 0),
(1010, '#started', 1794830688000, 0),
(1011, '#started', 1794830696000, 0),
(1012, '#started', 1794830704000, 0),
(1002, 'm1l1', 1797238820000, NULL),
(1014, '#started', 1794830716000, 0),
(1003, 'm1l1', 1794830964000, NULL),
(1004, 'm1l1', 1794831116000, NULL),
(1004, 'm1l2', 1794831188000, NULL),
(1004, 'm1', 1794831284000, 5),
(1004, 'm2l1', 1794831332000, NULL),
(1004, '#finished', 1794831332000, 9),
(1004, 'm2', 1794831380000, 1),
(1005, 'm1l1', 1794831508000, NULL),
(1006, 'm1l1', 1794831636000, NULL),
(1006, 'm1l2', 1794831708000, NULL),
(1006, 'm1', 1794831756000, 4),
(1006, 'm2l1', 1794831804000, NULL),
(1006, '#finished', 1794831804000, 8),
(1006, 'm2', 1794831852000, 1),
(1007, 'm1l1', 1794831980000, NULL),
(1008, 'm1l1', 1794832156000, NULL),
(1009, 'm1l1', 1794832284000, NULL),
(1009, 'm1l2', 1794832356000, NULL),
(1009, 'm1', 1794832452000, 5),
(1009, 'm2l1', 1794832500000, NULL),
(1009, '#finished', 1794832500000, 9),
(1009, 'm2', 1794832548000, 1),
(1010, 'm1l1', 1794832676000, NULL),
(1010, 'm1l2', 1794832748000, NULL),
(1002, 'm1l2', 1797238832000, NULL),
(1002, 'm1', 1797273068000, 5);
INSERT INTO public.notes VALUES
(391752652, 1005, 391752390, 'silent:0', 'Hello {name}, I have not seen you here for a while. Your place is kept: {next_lesson}. Is anything in your way? Press Write back to tell me.', 2001, 1797273016000, 340, NULL),
(391752587, 1002, 391752390, 'request:391752584', 'Because of what the card says.', 2001, 1794833116000, 200, 1794833116000),
(391752669, 1006, 391752390, 'request:391752648', 'This is your answer, Fay.', 2001, 1797273068000, 359, NULL),
(391752672, 1009, 391752390, 'request:391752646', 'This is your answer, Ida.', 2001, 1797273068000, 362, NULL);
INSERT INTO public.nudge_counts VALUES
('second', 1, 'hold', 1, 0, 0, 0, 0, 0, 0),
('first', 0, 'hold', 3, 0, 0, 0, 0, 0, 0),
('second', 2, 'hold', 2, 0, 0, 0, 0, 0, 0),
('first', 1, 'send', 1, 1, 0, 0, 0, 0, 0),
('first', 2, 'hold', 2, 0, 0, 0, 1, 0, 0),
('snoozed', 0, 'send', 1, 1, 0, 0, 0, 0, 0),
('deadline', 1, 'send', 1, 1, 0, 0, 0, 0, 0),
('deadline', 1, 'hold', 1, 0, 0, 0, 0, 0, 0),
('first', 2, 'send', 4, 4, 0, 0, 0, 0, 1),
('deadline', 2, 'hold', 3, 0, 0, 0, 0, 0, 0),
('deadline', 2, 'send', 1, 1, 0, 0, 0, 0, 0),
('second', 2, 'send', 2, 2, 0, 0, 0, 0, 0),
('last', 2, 'hold', 1, 0, 0, 0, 0, 0, 0),
('last', 1, 'hold', 1, 0, 0, 0, 0, 0, 0),
('last', 0, 'send', 1, 1, 0, 0, 0, 0, 0),
('second', 0, 'send', 2, 2, 0, 0, 0, 0, 0),
('last', 2, 'send', 2, 2, 1, 1, 0, 0, 0);
INSERT INTO public.nudges VALUES
(1008, '1794832156000:first', 'first', 0, 'hold', 1795060036000, NULL, 0, 0, 0),
(1001, '1794833156000:first', 'first', 2, 'send', 1795081636000, NULL, 0, 0, 0),
(1005, '1794831508000:first', 'first', 1, 'send', 1795081636000, NULL, 0, 0, 0),
(1003, '1794833160000:first', 'first', 0, 'hold', 1795081636000, NULL, 0, 0, 0),
(1010, '1794833180000:first', 'first', 2, 'send', 1795081636000, NULL, 0, 0, 0),
(1012, '1794830704000:first', 'first', 2, 'hold', 1795081636000, NULL, 0, 0, 0),
(1007, '1794833168000:first', 'first', 2, 'send', 1795081636000, NULL, 0, 0, 1),
(1011, '1794832868000:first', 'first', 2, 'hold', 1795081636000, NULL, 1, 0, 0),
(1007, '1795330800000:snoozed', 'snoozed', 0, 'send', 1795427244000, NULL, 0, 0, 0),
(1008, '1794832156000:second', 'second', 2, 'hold', 1795664852000, NULL, 0, 0, 0),
(1001, '1794833156000:second', 'second', 1, 'hold', 1795686452000, NULL, 0, 0, 0),
(1007, '1795254440000:first', 'first', 0, 'hold', 1795686452000, NULL, 0, 0, 0),
(1003, '1794833160000:second', 'second', 2, 'send', 1795686452000, NULL, 0, 0, 0),
(1012, '1794830704000:second', 'second', 2, 'hold', 1795686452000, NULL, 0, 0, 0),
(1010, '1794833180000:second', 'second', 0, 'send', 1795686452000, NULL, 0, 0, 0),
(1008, '1796158740000:deadline', 'deadline', 1, 'send', 1796010452000, NULL, 0, 0, 0),
(1001, '1796158740000:deadline', 'deadline', 2, 'send', 1796032052000, NULL, 0, 0, 0),
(1007, '1796158740000:deadline', 'deadline', 2, 'hold', 1796032052000, NULL, 0, 0, 0),
(1012, '1796158740000:deadline', 'deadline', 1, 'hold', 1796032052000, NULL, 0, 0, 0),
(1005, '1796158740000:deadline', 'deadline', 2, 'hold', 1796032052000, NULL, 0, 0, 0),
(1003, '1796158740000:deadline', 'deadline', 2, 'hold', 1796032052000, NULL, 0, 0, 0),
(1005, '1795578452000:first', 'first', 2, 'send', 1796291252000, NULL, 0, 0, 0),
(1007, '1795254440000:second', 'second', 2, 'send', 1796636852000, NULL, 0, 0, 0),
(1010, '1794833180000:last', 'last', 2, 'send', 1796636852000, NULL, 0, 0, 0),
(1008, '1794832156000:last', 'last', 2, 'hold', 1797238800000, NULL, 0, 0, 0),
(1005, '1795578452000:second', 'second', 0, 'send', 1797238800000, NULL, 0, 0, 0),
(1003, '1794833160000:last', 'last', 1, 'hold', 1797238800000, NULL, 0, 0, 0),
(1012, '1794830704000:last', 'last', 0, 'send', 1797238800000, NULL, 0, 0, 0),
(1001, '1794833156000:last', 'last', 2, 'send', 1797238800000, 1797238804000, 0, 0, 0);
INSERT INTO public.pass_counts VALUES
(0, 0, 'm1', 20801, 5, 1),
(391752390, 0, 'm1', 20801, 5, 1),
(0, 0, 'm1', 20773, 4, 1),
(391752390, 0, 'm1', 20773, 4, 1),
(0, 0, '#finished', 20773, 8, 1),
(391752390, 0, '#finished', 20773, 8, 1),
(0, 0, 'm1', 20773, 5, 2),
(391752390, 0, 'm1', 20773, 5, 2),
(0, 0, '#finished', 20773, 9, 2),
(391752390, 0, '#finished', 20773, 9, 2),
(0, 0, 'm2', 20773, 1, 3),
(391752390, 0, 'm2', 20773, 1, 3),
(391752390, 0, '#started', 20773, 0, 11),
(391752390, 0, '#joined', 20773, 0, 11),
(0, 1, '#started', 20773, 0, 1),
(0, 1, '#joined', 20773, 0, 1),
(0, 0, '#started', 20773, 0, 13),
(0, 0, '#joined', 20773, 0, 13);
INSERT INTO public.reach_counts VALUES
(0, 0, 'm1l1', 20773, 9),
(391752390, 0, 'm1l1', 20773, 8),
(0, 0, 'm1l2', 20773, 5),
(391752390, 0, 'm1l2', 20773, 4),
(0, 0, 'm1', 20773, 4),
(391752390, 0, 'm1', 20773, 4),
(0, 0, 'm2l1', 20773, 3),
(391752390, 0, 'm2l1', 20773, 3),
(0, 0, '#finished', 20773, 3),
(391752390, 0, '#finished', 20773, 3),
(0, 0, 'm2', 20773, 3),
(391752390, 0, 'm2', 20773, 3),
(391752390, 0, '#joined', 20773, 11),
(391752390, 0, '#started', 20773, 11),
(0, 0, '#started', 20773, 13),
(0, 1, 'm1l1', 20773, 1),
(0, 1, 'm1l2', 20773, 1),
(0, 0, '#joined', 20773, 13),
(0, 1, '#started', 20773, 1),
(0, 1, '#joined', 20773, 1);
INSERT INTO public.reading_counts VALUES
(0, 'm1l2c1', 7),
(0, 'm1', 4),
(0, 'm2l1c1', 3),
(0, 'm2', 3),
(0, 'm1l1c1', 11),
(0, 'm1l1c2', 11),
(1, 'm1l1c1', 1),
(1, 'm1l1c2', 1),
(1, 'm1l2c1', 1);
INSERT INTO public.readings VALUES
(1004, '#welcome', 1794830616000, 391752442),
(1001, '#welcome', 1794830624000, 391752444),
(1002, '#welcome', 1794830632000, 391752446),
(1003, '#welcome', 1794830640000, 391752448),
(1005, '#welcome', 1794830648000, 391752450),
(1006, '#welcome', 1794830656000, 391752452),
(1007, '#welcome', 1794830664000, 391752454),
(1008, '#welcome', 1794830672000, 391752456),
(1009, '#welcome', 1794830680000, 391752458),
(1010, '#welcome', 1794830688000, 391752460),
(1011, '#welcome', 1794830696000, 391752462),
(1012, '#welcome', 1794830704000, 391752464),
(1005, 'm1q2#1', 1795578448000, 391752620),
(1014, '#welcome', 1794830716000, 391752467),
(1001, 'm1l1c1', 1794830720000, 391752468),
(1001, 'm1l1c2', 1794830744000, 391752469),
(1002, 'm1l1c1', 1794830792000, 391752471),
(1002, 'm1l1c2', 1794830816000, 391752472),
(1003, 'm1l1c1', 1794830864000, 391752474),
(1003, 'm1l1c2', 1794830888000, 391752475),
(1003, 'm1q1#1', 1794830936000, 391752477),
(1003, 'm1q2#1', 1794830988000, 391752480),
(1004, 'm1l1c1', 1794831012000, 391752481),
(1004, 'm1l1c2', 1794831036000, 391752482),
(1004, 'm1q1#1', 1794831084000, 391752484),
(1004, 'm1q2#1', 1794831140000, 391752488),
(1004, 'm1l2c1', 1794831164000, 391752489),
(1004, 'm1q3#1', 1794831212000, 391752491),
(1004, 'm1q3#2', 1794831260000, 391752493),
(1004, 'm1', 1794831284000, 391752494),
(1004, 'm2l1c1', 1794831308000, 391752495),
(1004, 'm2q1#1', 1794831356000, 391752497),
(1004, 'm2', 1794831380000, 391752498),
(1005, 'm1l1c1', 1794831404000, 391752499),
(1005, 'm1l1c2', 1794831428000, 391752500),
(1005, 'm1q1#1', 1794831476000, 391752502),
(1006, 'm1l1c1', 1794831532000, 391752506),
(1006, 'm1l1c2', 1794831556000, 391752507),
(1006, 'm1q1#1', 1794831604000, 391752509),
(1006, 'm1q2#1', 1794831660000, 391752513),
(1006, 'm1l2c1', 1794831684000, 391752514),
(1006, 'm1q3#1', 1794831732000, 391752516),
(1006, 'm1', 1794831756000, 391752517),
(1006, 'm2l1c1', 1794831780000, 391752518),
(1006, 'm2q1#1', 1794831828000, 391752520),
(1006, 'm2', 1794831852000, 391752521),
(1007, 'm1l1c1', 1794831876000, 391752522),
(1007, 'm1l1c2', 1794831900000, 391752523),
(1007, 'm1q1#1', 1794831948000, 391752525),
(1007, 'm1q2#1', 1794832004000, 391752529),
(1007, 'm1l2c1', 1794832028000, 391752530),
(1008, 'm1l1c1', 1794832052000, 391752531),
(1008, 'm1l1c2', 1794832076000, 391752532),
(1008, 'm1q1#1', 1794832124000, 391752534),
(1009, 'm1l1c1', 1794832180000, 391752538),
(1009, 'm1l1c2', 1794832204000, 391752539),
(1009, 'm1q1#1', 1794832252000, 391752541),
(1009, 'm1q2#1', 1794832308000, 391752545),
(1009, 'm1l2c1', 1794832332000, 391752546),
(1009, 'm1q3#1', 1794832380000, 391752548),
(1009, 'm1q1#2', 1794832428000, 391752550),
(1009, 'm1', 1794832452000, 391752551),
(1009, 'm2l1c1', 1794832476000, 391752552),
(1009, 'm2q1#1', 1794832524000, 391752554),
(1009, 'm2', 1794832548000, 391752555),
(1010, 'm1l1c1', 1794832572000, 391752556),
(1010, 'm1l1c2', 1794832596000, 391752557),
(1010, 'm1q1#1', 1794832644000, 391752559),
(1010, 'm1q2#1', 1794832700000, 391752563),
(1010, 'm1l2c1', 1794832724000, 391752564),
(1010, 'm1q3#1', 1794832772000, 391752566),
(1011, 'm1l1c1', 1794832796000, 391752567),
(1011, 'm1l1c2', 1794832820000, 391752568),
(1011, 'm1q1#1', 1794832868000, 391752570),
(1005, 'm1l2c1', 1795578452000, 391752621),
(1001, 'm1q1#1', 1797238804000, 391752622),
(1002, 'm1q1#1', 1797238808000, 391752623),
(1002, 'm1q2#1', 1797238824000, 391752627),
(1002, 'm1l2c1', 1797238828000, 391752628),
(1002, 'm1q3#1', 1797238836000, 391752630),
(1002, 'm1q1#2', 1797238844000, 391752632),
(1002, 'm1', 1797273068000, 391752665);
INSERT INTO public.recounts VALUES
(1794887216000, 0),
(1794973636000, 0),
(1795060036000, 0),
(1795146436000, 0),
(1795232836000, 0),
(1795319244000, 0),
(1795405644000, 0),
(1795492044000, 0),
(1795578444000, 0),
(1795664852000, 0),
(1795751252000, 0),
(1795837652000, 0),
(1795924052000, 0),
(1796010452000, 0),
(1796096852000, 0),
(1796183252000, 0),
(1796269652000, 0),
(1796356052000, 0),
(1796442452000, 0),
(1796528852000, 0),
(1796615252000, 0),
(1797238800000, 0);
INSERT INTO public.reports VALUES
(391752581, 1007, 'm1q3', 'The year on this card should be 2021.', '1', 1794833092000),
(391752582, 1006, '', 'A spelling mistake', '1', 1794833096000);
INSERT INTO public.requests VALUES
(391752644, 1004, 391752390, '', 'May I begin anew?', 1797261148000, NULL, NULL),
(391752584, 1002, 391752390, 'm1q1#1', 'Why is it not b & c?', 1794833104000, 2001, 1794833116000),
(391752648, 1006, 391752390, '', 'Who made this course?', 1797261164000, 2001, 1797273068000),
(391752646, 1009, 391752390, '', 'Is there more of it?', 1797261156000, 2001, 1797273068000);
INSERT INTO public.roles VALUES
(2001, 'facilitator', 3001, 1794830412000),
(3002, 'admin', 3001, 1794830444000);
INSERT INTO public.rsvps VALUES
(391752590, 1001, 0, 1794833156000),
(391752590, 1003, 1, 1794833160000),
(391752590, 1004, 0, 1794833164000),
(391752590, 1007, 0, 1794833168000);
INSERT INTO public.seen VALUES
(391752390, 1011, 'silent', 1797273008000),
(391752390, 1011, 'behind', 1797273008000),
(391752390, 1005, 'silent', 1797273016000),
(391752390, 1005, 'behind', 1797273016000);
INSERT INTO public.sent_files VALUES
(123456, '6d8b4f93f3bde3f4ca5922bbb15db0be3486e5c687378104e5956a9df986a2c9', 'SIMPHOa8e0a367e3f4f3fcd58edfc53d1e5d1bab12fdda99600c1f2275f69c');
INSERT INTO public.time_counts VALUES
(0, 'm1q2', 12, 1),
(0, 'm1q3', 4, 1),
(0, 'm1q2', 28, 1),
(0, 'm2q1', 24, 3),
(0, 'm1q1', 24, 11),
(0, 'm1q2', 32, 7),
(0, 'm1q3', 24, 4),
(1, 'm1q1', 24, 1),
(1, 'm1q2', 32, 1),
(1, 'm1q3', 24, 1);
INSERT INTO public.tries VALUES
(1099, 391752653, 1797273020000);
INSERT INTO public.visit_counts VALUES
(0, 0, 0, 20782, 9, 1),
(391752390, 0, 0, 20782, 9, 1),
(0, 0, 0, 20801, 28, 2),
(391752390, 0, 0, 20801, 28, 2),
(0, 0, 1, 20801, 28, 1),
(391752390, 0, 1, 20801, 28, 1),
(0, 0, 2, 20801, 28, 1),
(391752390, 0, 2, 20801, 28, 1),
(391752390, 0, 2, 20773, 0, 10),
(391752390, 0, 1, 20773, 0, 10),
(391752390, 0, 0, 20773, 0, 11),
(0, 1, 0, 20773, 0, 1),
(0, 0, 1, 20773, 0, 11),
(0, 0, 2, 20773, 0, 11),
(0, 1, 2, 20773, 0, 1),
(0, 0, 0, 20773, 0, 13),
(0, 1, 1, 20773, 0, 1);
INSERT INTO public.visits VALUES
(1004, 0, 20773),
(1001, 0, 20773),
(1002, 0, 20773),
(1003, 0, 20773),
(1005, 0, 20773),
(1006, 0, 20773),
(1007, 0, 20773),
(1008, 0, 20773),
(1009, 0, 20773),
(1010, 0, 20773),
(1011, 0, 20773),
(1012, 0, 20773),
(1005, 0, 20782),
(1014, 0, 20773),
(1001, 1, 20773),
(1001, 2, 20773),
(1002, 1, 20773),
(1002, 2, 20773),
(1003, 1, 20773),
(1003, 2, 20773),
(1004, 1, 20773),
(1004, 2, 20773),
(1005, 1, 20773),
(1005, 2, 20773),
(1006, 1, 20773),
(1006, 2, 20773),
(1007, 1, 20773),
(1007, 2, 20773),
(1008, 1, 20773),
(1008, 2, 20773),
(1009, 1, 20773),
(1009, 2, 20773),
(1010, 1, 20773),
(1010, 2, 20773),
(1011, 1, 20773),
(1011, 2, 20773),
(1001, 0, 20801),
(1002, 0, 20801),
(1002, 1, 20801),
(1002, 2, 20801);
INSERT INTO public.weekly_reports VALUES
(3001, 540, 1797368400000, '271dc3782dcde20f'),
(2001, 600, 1797390720000, 'befa1f2613c0cd3b');
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.answer_counts
    ADD CONSTRAINT answer_counts_pkey PRIMARY KEY (cohort, is_first, question, options, standing, gone);
ALTER TABLE ONLY public.attempts
    ADD CONSTRAINT attempts_learner_update_id_key UNIQUE (learner, update_id);
ALTER TABLE ONLY public.attempts
    ADD CONSTRAINT attempts_pkey PRIMARY KEY (learner, question, ordinal);
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (update_id, act, subject);
ALTER TABLE ONLY public.broadcasts
    ADD CONSTRAINT broadcasts_pkey PRIMARY KEY (broadcast);
ALTER TABLE ONLY public.cohorts
    ADD CONSTRAINT cohorts_pkey PRIMARY KEY (cohort);
ALTER TABLE ONLY public.counted
    ADD CONSTRAINT counted_pkey PRIMARY KEY (learner, cohort);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_pkey PRIMARY KEY (learner, kind, subject);
ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_pkey PRIMARY KEY (person);
ALTER TABLE ONLY public.facilitators
    ADD CONSTRAINT facilitators_pkey PRIMARY KEY (person, cohort);
ALTER TABLE ONLY public.hour_counts
    ADD CONSTRAINT hour_counts_pkey PRIMARY KEY (cohort, day, hour, gone);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (update_id);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (digest);
ALTER TABLE ONLY public.keys
    ADD CONSTRAINT keys_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.learners
    ADD CONSTRAINT learners_pkey PRIMARY KEY (learner);
ALTER TABLE ONLY public.leases
    ADD CONSTRAINT leases_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_membership_key UNIQUE (membership);
ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_pkey PRIMARY KEY (learner, cohort);
ALTER TABLE ONLY public.milestones
    ADD CONSTRAINT milestones_pkey PRIMARY KEY (learner, item);
ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_learner_cohort_about_key UNIQUE (learner, cohort, about);
ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_pkey PRIMARY KEY (note);
ALTER TABLE ONLY public.nudge_counts
    ADD CONSTRAINT nudge_counts_pkey PRIMARY KEY (kind, wording, arm);
ALTER TABLE ONLY public.nudges
    ADD CONSTRAINT nudges_pkey PRIMARY KEY (learner, opportunity);
ALTER TABLE ONLY public.pass_counts
    ADD CONSTRAINT pass_counts_pkey PRIMARY KEY (cohort, item, day, minutes, gone);
ALTER TABLE ONLY public.reach_counts
    ADD CONSTRAINT reach_counts_pkey PRIMARY KEY (cohort, item, since, gone);
ALTER TABLE ONLY public.reading_counts
    ADD CONSTRAINT reading_counts_pkey PRIMARY KEY (item, gone);
ALTER TABLE ONLY public.readings
    ADD CONSTRAINT readings_pkey PRIMARY KEY (learner, item);
ALTER TABLE ONLY public.recounts
    ADD CONSTRAINT recounts_pkey PRIMARY KEY (at);
ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_pkey PRIMARY KEY (update_id);
ALTER TABLE ONLY public.requests
    ADD CONSTRAINT requests_pkey PRIMARY KEY (request);
ALTER TABLE ONLY public.roles
    ADD CONSTRAINT roles_pkey PRIMARY KEY (person, role);
ALTER TABLE ONLY public.rsvps
    ADD CONSTRAINT rsvps_pkey PRIMARY KEY (broadcast, learner);
ALTER TABLE ONLY public.seen
    ADD CONSTRAINT seen_pkey PRIMARY KEY (cohort, learner, reason);
ALTER TABLE ONLY public.sent_files
    ADD CONSTRAINT sent_files_pkey PRIMARY KEY (bot, digest);
ALTER TABLE ONLY public.time_counts
    ADD CONSTRAINT time_counts_pkey PRIMARY KEY (question, took, gone);
ALTER TABLE ONLY public.tries
    ADD CONSTRAINT tries_pkey PRIMARY KEY (person, update_id);
ALTER TABLE ONLY public.visit_counts
    ADD CONSTRAINT visit_counts_pkey PRIMARY KEY (cohort, what, day, gap, gone);
ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_pkey PRIMARY KEY (learner, what, day);
ALTER TABLE ONLY public.weekly_reports
    ADD CONSTRAINT weekly_reports_pkey PRIMARY KEY (person);
CREATE INDEX audit_by_time ON public.audit USING btree (at);
CREATE INDEX broadcasts_by_maker ON public.broadcasts USING btree (made_by);
CREATE INDEX broadcasts_to_do ON public.broadcasts USING btree (send_at) WHERE (state = ANY (ARRAY['scheduled'::text, 'sending'::text]));
CREATE INDEX cohorts_with_group ON public.cohorts USING btree (group_chat) WHERE (group_chat IS NOT NULL);
CREATE INDEX counted_in_cohort ON public.counted USING btree (cohort, learner);
CREATE INDEX deliveries_in_hand ON public.deliveries USING btree (holder) WHERE (state = ANY (ARRAY['claimed'::text, 'sending'::text]));
CREATE INDEX deliveries_of_broadcast ON public.deliveries USING btree (subject, state) WHERE (kind = 'broadcast'::text);
CREATE INDEX deliveries_queued ON public.deliveries USING btree (kind, due_at, learner) WHERE (state = 'queued'::text);
CREATE INDEX facilitators_of_cohort ON public.facilitators USING btree (cohort);
CREATE INDEX inbox_done ON public.inbox USING btree (done_at) WHERE (done_at IS NOT NULL);
CREATE INDEX inbox_owed ON public.inbox USING btree (received_at, update_id) WHERE (done_at IS NULL);
CREATE INDEX invitations_of_cohort ON public.invitations USING btree (cohort);
CREATE INDEX learners_to_nudge ON public.learners USING btree (next_nudge_at) WHERE (next_nudge_at IS NOT NULL);
CREATE INDEX memberships_by_invitation ON public.memberships USING btree (invitation);
CREATE INDEX memberships_of_cohort ON public.memberships USING btree (cohort, learner);
CREATE INDEX notes_to_tell ON public.notes USING btree (made_at) WHERE (told_at IS NULL);
CREATE INDEX reports_of_learner ON public.reports USING btree (learner);
CREATE INDEX requests_of_cohort ON public.requests USING btree (cohort, answered_at);
CREATE INDEX requests_of_learner ON public.requests USING btree (learner);
CREATE INDEX rsvps_of_learner ON public.rsvps USING btree (learner);
CREATE INDEX seen_of_learner ON public.seen USING btree (learner);
CREATE INDEX tries_by_time ON public.tries USING btree (at);
CREATE INDEX visit_counts_first ON public.visit_counts USING btree (cohort, what, day) WHERE (gap = 0);
ALTER TABLE ONLY public.attempts
    ADD CONSTRAINT attempts_learner_fkey FOREIGN KEY (learner) REFERENCES public.learners(learner) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.counted
    ADD CONSTRAINT counted_learner_fkey FOREIGN KEY (learner) REFERENCES public.learners(learner) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_learner_fkey FOREIGN KEY (learner) REFERENCES public.learners(learner) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.facilitators
    ADD CONSTRAINT facilitators_cohort_fkey FOREIGN KEY (cohort) REFERENCES public.cohorts(cohort) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_cohort_fkey FOREIGN KEY (cohort) REFERENCES public.cohorts(cohort) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_cohort_fkey FOREIGN KEY (cohort) REFERENCES public.cohorts(cohort) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_learner_fkey FOREIGN KEY (learner) REFERENCES public.learners(learner) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.milestones
    ADD CONSTRAINT milestones_learner_fkey FOREIGN KEY (learner) REFERENCES public.learners(learner) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_cohort_fkey FOREIGN KEY (cohort) REFERENCES public.cohorts(cohort) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_learner_fkey FOREIGN KEY (learner) REFERENCES public.learners(learner) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.nudges
    ADD CONSTRAINT nudges_learner_fkey FOREIGN KEY (learner) REFERENCES public.learners(learner) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.readings
    ADD CONSTRAINT readings_learner_fkey FOREIGN KEY (learner) REFERENCES public.learners(learner) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_learner_fkey FOREIGN KEY (learner) REFERENCES public.learners(learner) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.requests
    ADD CONSTRAINT requests_cohort_fkey FOREIGN KEY (cohort) REFERENCES public.cohorts(cohort) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.requests
    ADD CONSTRAINT requests_learner_fkey FOREIGN KEY (learner) REFERENCES public.learners(learner) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rsvps
    ADD CONSTRAINT rsvps_broadcast_fkey FOREIGN KEY (broadcast) REFERENCES public.broadcasts(broadcast) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rsvps
    ADD CONSTRAINT rsvps_learner_fkey FOREIGN KEY (learner) REFERENCES public.learners(learner) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.seen
    ADD CONSTRAINT seen_cohort_fkey FOREIGN KEY (cohort) REFERENCES public.cohorts(cohort) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.seen
    ADD CONSTRAINT seen_learner_fkey FOREIGN KEY (learner) REFERENCES public.learners(learner) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_learner_fkey FOREIGN KEY (learner) REFERENCES public.learners(learner) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
