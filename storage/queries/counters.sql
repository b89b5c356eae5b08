-- name: add_visits(learner, day, kind)!
-- Adds a day on which a learner was active by this kind of activity and those before it; no effect where it is there already.
insert into visits (learner, what, day, uncounted)
select
    cast(:learner as bigint) as learner,
    what,
    cast(:day as integer) as day,
    1 as uncounted
from (
    select 0 as what
    union all
    select 1 as what
    union all
    select 2 as what
) as kinds
where what <= cast(:kind as integer)
on conflict do nothing;

-- name: count_facts()!
-- Counts the uncounted facts and milestones, for everybody and in the learners' cohorts.
insert into counts (cohort, kind, item, day, number, options, gone, count, correct)
select
    cohort,
    kind,
    item,
    day,
    number,
    options,
    0 as gone,
    count(*) as count,
    sum(correct) as correct
from (
    select
        0 as cohort,
        kind,
        item,
        day,
        number,
        options,
        correct
    from shares_of_facts
    where uncounted = 1
    union all
    select
        counted.cohort,
        shares_of_facts.kind,
        shares_of_facts.item,
        shares_of_facts.day,
        shares_of_facts.number,
        shares_of_facts.options,
        shares_of_facts.correct
    from shares_of_facts
    inner join counted on shares_of_facts.learner = counted.learner
    where shares_of_facts.uncounted = 1 and shares_of_facts.kind not in ('time', 'reading')
) as placed
group by cohort, kind, item, day, number, options
order by cohort, kind, item, day, number, options
on conflict (cohort, kind, item, day, number, options, gone) do update set
    count = counts.count + excluded.count,
    correct = counts.correct + excluded.correct;

-- name: count_visits()!
-- Counts the uncounted active days, for everybody and in the learners' cohorts.
insert into counts (cohort, kind, item, day, number, options, gone, count, correct)
select
    cohort,
    'visit' as kind,
    item,
    day,
    number,
    '' as options,
    0 as gone,
    sum(change) as count,
    0 as correct
from (
    select
        0 as cohort,
        item,
        day,
        number,
        change
    from visit_changes
    union all
    select
        counted.cohort,
        visit_changes.item,
        visit_changes.day,
        visit_changes.number,
        visit_changes.change
    from visit_changes
    inner join counted on visit_changes.learner = counted.learner
) as placed
group by cohort, item, day, number
order by cohort, item, day, number
on conflict (cohort, kind, item, day, number, options, gone) do update set count = counts.count + excluded.count;

-- name: mark_attempts_counted()!
-- Marks the uncounted attempts as counted; must run after the `count_...` queries.
update attempts set uncounted = null where uncounted = 1;

-- name: mark_readings_counted()!
-- Like `mark_attempts_counted`, for readings.
update readings set uncounted = null where uncounted = 1;

-- name: mark_milestones_counted()!
-- Like `mark_attempts_counted`, for milestones.
update milestones set uncounted = null where uncounted = 1;

-- name: mark_visits_counted()!
-- Like `mark_attempts_counted`, for active days.
update visits set uncounted = null where uncounted = 1;

-- name: add_milestone(learner, item, at, minutes)!
-- Adds a milestone; no effect if it is there already.
insert into milestones (learner, item, at, minutes, uncounted)
values (:learner, :item, :at, :minutes, 1)
on conflict do nothing;

-- name: move_counts(learner)!
-- Moves what is counted of the learner from the cohorts they left to those they joined.
insert into counts (cohort, kind, item, day, number, options, gone, count, correct)
select
    moves.cohort,
    shares.kind,
    shares.item,
    shares.day,
    shares.number,
    shares.options,
    0 as gone,
    sum(moves.change) as count,
    sum(moves.change * shares.correct) as correct
from shares
inner join moves on shares.learner = moves.learner
where shares.learner = :learner and moves.learner = :learner and shares.kind not in ('time', 'reading')
group by moves.cohort, shares.kind, shares.item, shares.day, shares.number, shares.options
order by moves.cohort, shares.kind, shares.item, shares.day, shares.number, shares.options
on conflict (cohort, kind, item, day, number, options, gone) do update set
    count = counts.count + excluded.count,
    correct = counts.correct + excluded.correct;

-- name: add_counted_cohorts(learner)!
-- Records that the learner is counted in their current cohorts; must run after `move_counts`.
insert into counted (learner, cohort)
select learner, cohort
from memberships
where learner = :learner and left_at is null
on conflict do nothing;

-- name: remove_counted_cohorts(learner)!
-- Removes the record of cohorts in which the learner is no longer counted.
delete from counted
where
    learner = :learner
    and cohort not in (
        select memberships.cohort
        from memberships
        where memberships.learner = :learner and memberships.left_at is null
    );

-- name: keep_counts_of_deleted(learner)!
-- Moves what is counted of a learner to the counters of deleted ones, so that it stays in the sums.
insert into counts (cohort, kind, item, day, number, options, gone, count, correct)
select
    partings.cohort,
    shares.kind,
    shares.item,
    shares.day,
    shares.number,
    shares.options,
    partings.gone,
    sum(partings.change) as count,
    sum(partings.change * shares.correct) as correct
from shares
inner join partings on shares.learner = partings.learner
where
    shares.learner = :learner and partings.learner = :learner
    and (partings.cohort = 0 or shares.kind not in ('time', 'reading'))
group by partings.cohort, shares.kind, shares.item, shares.day, shares.number, shares.options, partings.gone
order by partings.cohort, shares.kind, shares.item, shares.day, shares.number, shares.options, partings.gone
on conflict (cohort, kind, item, day, number, options, gone) do update set
    count = counts.count + excluded.count,
    correct = counts.correct + excluded.correct;

-- name: fetch_counts(kind)
-- Fetches the counters of a kind for everybody, deleted learners included.
select item, options, cast(sum(count) as bigint) as count
from counts
where cohort = 0 and kind = cast(:kind as text)
group by item, options
having sum(count) <> 0
order by item, options;

-- name: recount_facts(kind)
-- Like `fetch_counts`, counted from the facts.
select item, options, count(*) as count
from shares
where kind = cast(:kind as text)
group by item, options
order by item, options;
