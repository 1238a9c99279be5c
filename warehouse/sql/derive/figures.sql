-- The figures of the affected reports as one hash each (`vector`), where they are at least six different numbers above
-- zero, of requests, reviews and lawsuits; `sharing`: the reports that had or have a vector with an affected one.
CREATE OR REPLACE TEMP TABLE left_figures AS
SELECT report_id, vector FROM w.internal.figures WHERE report_id IN (SELECT report_id FROM affected);
DELETE FROM w.internal.figures WHERE report_id IN (SELECT report_id FROM affected);
INSERT INTO w.internal.figures
SELECT
    report_id,
    bit_xor(md5_number(concat_ws(' ', indicator_id, applicant_type, value)))::VARCHAR AS vector,
    count(*) AS numbers
FROM w.main.facts
WHERE
    report_id IN (SELECT report_id FROM affected)
    AND is_primary
    AND period = 'year'
    AND (starts_with(indicator_id, 'request.') OR starts_with(indicator_id, 'reconsideration.') OR starts_with(indicator_id, 'litigation.'))
GROUP BY report_id
HAVING count(DISTINCT value) FILTER (value > 0) >= 6
ORDER BY report_id;
CREATE OR REPLACE TEMP TABLE sharing AS
WITH touched AS (
    SELECT vector, coalesce(min(report_id) FILTER (report_id IN (SELECT report_id FROM report_causes)), min(report_id)) AS through
    FROM (
        FROM left_figures
        UNION ALL
        SELECT report_id, vector FROM w.internal.figures WHERE report_id IN (SELECT report_id FROM affected)
    )
    GROUP BY vector
)
SELECT f.report_id, t.through FROM w.internal.figures f JOIN touched t USING (vector);
-- All reports whose checks against others are made anew, each with an affected report on whose account.
CREATE OR REPLACE TEMP TABLE held_again AS
SELECT report_id, min(through) AS through FROM (FROM neighbours UNION ALL FROM sharing) GROUP BY report_id;
