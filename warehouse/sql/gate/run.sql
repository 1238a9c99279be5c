-- Facts a report among the documents of the run: beside `facts_a_report` of the warehouse before it.
SELECT
    'facts_a_report_of_the_run' AS measure,
    NULL AS source,
    (SELECT count(*) FROM staged_facts WHERE is_primary) / nullif(count(*), 0) AS value,
    count(*) AS rests_on
FROM staged_reports;
