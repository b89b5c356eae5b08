-- name: add_cohort(cohort, name, starts_at, deadline, zone, welcome, capacity, made_by, made_at)!
-- Makes a cohort; the same update makes one.
insert into cohorts (cohort, name, starts_at, deadline, zone, welcome, capacity, state, made_by, made_at)
values (:cohort, :name, :starts_at, :deadline, :zone, :welcome, :capacity, 'open', :made_by, :made_at)
on conflict (cohort) do nothing;
