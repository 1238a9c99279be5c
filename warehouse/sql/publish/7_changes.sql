-- What the run changed, a row a table, kind of change and cause.
SELECT table_name, change, sum(rows)::INTEGER, cause, CASE WHEN cause = 'source' THEN min(detail) ELSE mode(detail) END
FROM run_changes
GROUP BY table_name, change, cause
ORDER BY table_name, change, cause;
