-- Days with a first answer of which the hour is kept are visits of kind 2: only so it is known how many people hours tell of.
insert into visits (learner, what, day)
select distinct
    learner,
    2 as what,
    at / 86400000 as day
from attempts
where ordinal = 1 and hour is not null;

insert into visit_counts (cohort, gone, what, day, gap, count)
select
    places.cohort,
    0 as gone,
    visits_of.what,
    visits_of.day,
    visits_of.gap,
    count(*) as count
from visits_of
inner join places on visits_of.learner = places.learner
where visits_of.what = 2
group by places.cohort, visits_of.what, visits_of.day, visits_of.gap;

-- Whoever joined a cohort before there were counters of cohorts is counted in it now, as `shifts.sql` does with one learner.
insert into answer_counts (cohort, gone, question, options, is_first, standing, count, correct)
select
    shifts.cohort,
    shifts.gone,
    answers_of.question,
    answers_of.options,
    answers_of.is_first,
    answers_of.standing,
    sum(shifts.change) as count,
    sum(shifts.change * answers_of.correct) as correct
from answers_of
inner join shifts on answers_of.learner = shifts.learner
where shifts.leaving = 0
group by
    shifts.cohort, shifts.gone, answers_of.question, answers_of.options, answers_of.is_first, answers_of.standing
on conflict (cohort, is_first, question, options, standing, gone) do update set
    count = answer_counts.count + excluded.count,
    correct = answer_counts.correct + excluded.correct;

insert into hour_counts (cohort, gone, day, hour, count, correct)
select
    shifts.cohort,
    shifts.gone,
    hours_of.day,
    hours_of.hour,
    sum(shifts.change) as count,
    sum(shifts.change * hours_of.correct) as correct
from hours_of
inner join shifts on hours_of.learner = shifts.learner
where shifts.leaving = 0
group by shifts.cohort, shifts.gone, hours_of.day, hours_of.hour
on conflict (cohort, day, hour, gone) do update set
    count = hour_counts.count + excluded.count,
    correct = hour_counts.correct + excluded.correct;

insert into visit_counts (cohort, gone, what, day, gap, count)
select
    shifts.cohort,
    shifts.gone,
    visits_of.what,
    visits_of.day,
    visits_of.gap,
    sum(shifts.change) as count
from visits_of
inner join shifts on visits_of.learner = shifts.learner
where shifts.leaving = 0
group by shifts.cohort, shifts.gone, visits_of.what, visits_of.day, visits_of.gap
on conflict (cohort, what, day, gap, gone) do update set count = visit_counts.count + excluded.count;

insert into reach_counts (cohort, gone, item, since, count)
select
    shifts.cohort,
    shifts.gone,
    reached_of.item,
    reached_of.since,
    sum(shifts.change) as count
from reached_of
inner join shifts on reached_of.learner = shifts.learner
where shifts.leaving = 0
group by shifts.cohort, shifts.gone, reached_of.item, reached_of.since
on conflict (cohort, item, since, gone) do update set count = reach_counts.count + excluded.count;

insert into pass_counts (cohort, gone, item, day, minutes, count)
select
    shifts.cohort,
    shifts.gone,
    passed_of.item,
    passed_of.day,
    passed_of.minutes,
    sum(shifts.change) as count
from passed_of
inner join shifts on passed_of.learner = shifts.learner
where shifts.leaving = 0
group by shifts.cohort, shifts.gone, passed_of.item, passed_of.day, passed_of.minutes
on conflict (cohort, item, day, minutes, gone) do update set count = pass_counts.count + excluded.count;

insert into counted (learner, cohort)
select
    memberships.learner,
    memberships.cohort
from memberships
left join counted on memberships.learner = counted.learner and memberships.cohort = counted.cohort
where memberships.left_at is null and counted.cohort is null;
