-- What this run worked on.
SELECT
    (SELECT count(*) FROM changed) AS documents,
    (SELECT count(DISTINCT report_id) FROM staged_reports) AS reports,
    (SELECT count(*) FROM staged_facts) AS facts,
    (SELECT count(*) FROM staged_facts WHERE method = 'table') AS facts_from_tables,
    (SELECT count(*) FROM staged_facts WHERE method = 'prose') AS facts_from_prose,
    (SELECT count(*) FROM w.main.checks JOIN affected USING (report_id) WHERE status = 'pass') AS checks_passed,
    (SELECT count(*) FROM w.main.checks JOIN affected USING (report_id) WHERE status = 'fail') AS checks_failed,
    (SELECT count(*) FROM staged_quarantine) AS quarantined;
