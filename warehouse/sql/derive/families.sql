-- The families that the affected reports leave and enter, and all reports of these: `neighbours`, each with one of the
-- affected reports, on whose account what is derived from it is made anew (one that something caused to change).
CREATE OR REPLACE TEMP TABLE left_families AS
SELECT report_id, family_id FROM w.internal.families WHERE report_id IN (SELECT report_id FROM affected);
DELETE FROM w.internal.families WHERE report_id IN (SELECT report_id FROM affected);
INSERT INTO w.internal.families
SELECT report_id, family_id
FROM report_families
ORDER BY report_id;
CREATE OR REPLACE TEMP TABLE neighbours AS
WITH touched AS (
    SELECT family_id, coalesce(min(report_id) FILTER (report_id IN (SELECT report_id FROM report_causes)), min(report_id)) AS through
    FROM (
        FROM left_families
        UNION ALL
        SELECT report_id, family_id FROM w.internal.families WHERE report_id IN (SELECT report_id FROM affected)
    )
    GROUP BY family_id
)
SELECT f.report_id, t.through FROM w.internal.families f JOIN touched t USING (family_id)
