"""From the YAML text of a course's files to a `Course`, or to every problem in it."""
