-- Facts are inserted with uncounted = 1, and the transaction that inserts them counts them and sets it to null.
alter table attempts add column uncounted smallint;
alter table readings add column uncounted smallint;
alter table milestones add column uncounted smallint;
alter table visits add column uncounted smallint;
create index attempts_uncounted on attempts (learner) where uncounted is not null;
create index readings_uncounted on readings (learner) where uncounted is not null;
create index milestones_uncounted on milestones (learner) where uncounted is not null;
create index visits_uncounted on visits (learner) where uncounted is not null;

-- Joining is a milestone like others, so that it is counted like others.
insert into milestones (learner, item, at, minutes)
select
    learner,
    '#joined' as item,
    joined_at as at,
    0 as minutes
from learners;

-- The counters of all kinds. Cohort 0 is everybody. Gone 1 is learners who deleted their data: what they did stays in the sums.
create table counts (
    cohort bigint not null,
    kind text not null,
    item text not null,
    day integer not null,
    number integer not null,
    options text not null,
    gone smallint not null,
    count bigint not null,
    correct bigint not null,     -- of answers: of these, marked right when they came; otherwise 0
    primary key (cohort, kind, item, day, number, options, gone)
);

create index counts_of_first_days on counts (cohort, item, day) where kind = 'visit' and number = 0;

insert into counts (cohort, kind, item, day, number, options, gone, count, correct)
select
    cohort,
    case when is_first = 1 then 'first answer' else 'later answer' end as kind,
    question as item,
    0 as day,
    standing as number,
    options,
    gone,
    count,
    correct
from answer_counts;

insert into counts (cohort, kind, item, day, number, options, gone, count, correct)
select cohort, 'hour' as kind, '' as item, day, hour as number, '' as options, gone, count, correct
from hour_counts;

insert into counts (cohort, kind, item, day, number, options, gone, count, correct)
select 0 as cohort, 'time' as kind, question as item, 0 as day, took as number, '' as options, gone, count, 0 as correct
from time_counts;

insert into counts (cohort, kind, item, day, number, options, gone, count, correct)
select 0 as cohort, 'reading' as kind, item, 0 as day, 0 as number, '' as options, gone, count, 0 as correct
from reading_counts;

insert into counts (cohort, kind, item, day, number, options, gone, count, correct)
select cohort, 'reached' as kind, item, since as day, 0 as number, '' as options, gone, count, 0 as correct
from reach_counts;

insert into counts (cohort, kind, item, day, number, options, gone, count, correct)
select cohort, 'passed' as kind, item, day, minutes as number, '' as options, gone, count, 0 as correct
from pass_counts;

insert into counts (cohort, kind, item, day, number, options, gone, count, correct)
select
    cohort,
    'visit' as kind,
    cast(what as text) as item,
    day,
    gap as number,
    '' as options,
    gone,
    count,
    0 as correct
from visit_counts;

drop view shifts;
drop view partings;
drop view places;
drop view facts_of;
drop view answers_of;
drop view times_of;
drop view hours_of;
drop view visits_of;
drop view reached_of;
drop view passed_of;
drop view readings_of;
drop table answer_counts;
drop table hour_counts;
drop table time_counts;
drop table reading_counts;
drop table reach_counts;
drop table pass_counts;
drop table visit_counts;

-- Each thing that is counted of a fact, one row each, with whose it is.
create view shares_of_facts as
select
    learner,
    uncounted,
    'first answer' as kind,
    question as item,
    0 as day,
    coalesce(standing, -1) as number,
    options,
    correct
from attempts
where ordinal = 1
union all
select
    learner,
    uncounted,
    'later answer' as kind,
    question as item,
    0 as day,
    coalesce(standing, -1) as number,
    options,
    correct
from attempts
where ordinal > 1
union all
-- First answers by the local hour of the week; -1: not known.
select
    learner,
    uncounted,
    'hour' as kind,
    '' as item,
    at / 86400000 as day,
    coalesce(hour, -1) as number,
    '' as options,
    correct
from attempts
where ordinal = 1
union all
-- First answers by their seconds.
select
    learner,
    uncounted,
    'time' as kind,
    question as item,
    0 as day,
    took as number,
    '' as options,
    0 as correct
from attempts
where took is not null
union all
select
    learner,
    uncounted,
    'reading' as kind,
    item,
    0 as day,
    0 as number,
    '' as options,
    0 as correct
from readings
where item not like '%#%'
union all
-- Milestones by the day on which the learner joined.
select
    milestones.learner,
    milestones.uncounted,
    'reached' as kind,
    milestones.item,
    learners.joined_at / 86400000 as day,
    0 as number,
    '' as options,
    0 as correct
from milestones
inner join learners on milestones.learner = learners.learner
union all
-- Milestones by their own day and minutes.
select
    learner,
    uncounted,
    'passed' as kind,
    item,
    at / 86400000 as day,
    minutes as number,
    '' as options,
    0 as correct
from milestones
where minutes is not null;

-- The same with the days on which learners were active, by the days since the one before: at most 99, 0 for the first.
create view shares as
select
    learner,
    kind,
    item,
    day,
    number,
    options,
    correct
from shares_of_facts
union all
select
    learner,
    'visit' as kind,
    cast(what as text) as item,
    day,
    case when gap > 99 then 99 else gap end as number,
    '' as options,
    0 as correct
from (
    select
        learner,
        what,
        day,
        day - lag(day, 1, day) over (partition by learner, what order by day) as gap
    from visits
) as gaps;

-- The active days of learners with uncounted ones, with the days since the one before, by all days and by those counted before.
create view gaps_with_uncounted as
select
    learner,
    cast(what as text) as item,
    day,
    uncounted,
    case when gap > 99 then 99 else gap end as gap,
    case when counted_gap > 99 then 99 else counted_gap end as counted_gap
from (
    select
        learner,
        what,
        day,
        uncounted,
        day - lag(day, 1, day) over (partition by learner, what order by day) as gap,
        day - lag(day, 1, day) over (partition by learner, what, uncounted order by day) as counted_gap
    from visits
    where learner in (select uncounted_visits.learner from visits as uncounted_visits where uncounted_visits.uncounted = 1)
) as days;

-- By how much uncounted days change the counters. One before a counted day, since a clock was set back, changes the gap of that.
create view visit_changes as
select
    learner,
    item,
    day,
    gap as number,
    1 as change
from gaps_with_uncounted
where uncounted = 1 or gap <> counted_gap
union all
select
    learner,
    item,
    day,
    counted_gap as number,
    -1 as change
from gaps_with_uncounted
where uncounted is null and gap <> counted_gap;

-- Cohorts that learners joined and are not counted in, and that they left and are counted in.
create view moves as
select
    memberships.learner,
    memberships.cohort,
    1 as change
from memberships
left join counted on memberships.learner = counted.learner and memberships.cohort = counted.cohort
where memberships.left_at is null and counted.cohort is null
union all
select
    counted.learner,
    counted.cohort,
    -1 as change
from counted
left join memberships
    on counted.learner = memberships.learner and counted.cohort = memberships.cohort and memberships.left_at is null
where memberships.cohort is null;

-- What becomes of the counts of learners who delete their data, for everybody and in their cohorts.
create view partings as
select
    learner,
    0 as cohort,
    0 as gone,
    -1 as change
from learners
union all
select
    learner,
    0 as cohort,
    1 as gone,
    1 as change
from learners
union all
select
    learner,
    cohort,
    0 as gone,
    -1 as change
from counted
union all
select
    learner,
    cohort,
    1 as gone,
    1 as change
from counted;
