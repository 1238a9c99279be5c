-- What has become primary, or no longer is: see 3_reports.sql.
UPDATE w.main.facts
SET is_primary = NOT is_primary
WHERE report_id IN (SELECT report_id FROM affected) AND fact_id IN (SELECT fact_id FROM turned);
