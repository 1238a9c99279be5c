-- What two reports say of each other: the catalogue's identities over two years of one body, and figures that stand in
-- two reports. Anew for `neighbours` and `sharing`, since a report is held against others that may have changed.
-- `between_terms`: a row a term of such an identity (identity_id, generation, severity, side, sign, indicator_id, year_offset).
DELETE FROM w.main.checks
WHERE
    identity_id IN (SELECT identity_id FROM between_terms) AND report_id IN (SELECT report_id FROM neighbours)
    OR identity_id = 'duplicate.figures' AND report_id IN (SELECT report_id FROM sharing);

INSERT INTO w.main.checks BY NAME
WITH years AS (
    SELECT b.body_id, r.year, r.generation, r.report_id, r.document_id
    FROM w.main.reports r
    JOIN w.main.body_reports b USING (report_id)
    WHERE r.year IS NOT NULL AND r.report_id IN (SELECT report_id FROM neighbours)
    -- As the view body_years has it: what contradicts here does so there.
    QUALIFY row_number() OVER (PARTITION BY b.body_id, r.year ORDER BY r.published_on DESC NULLS LAST, r.report_id) = 1
),
pairs AS (
    SELECT y.report_id, y.document_id, y.generation, e.report_id AS earlier_id, e.year AS earlier_year
    FROM years y
    JOIN years e ON e.body_id = y.body_id AND e.year = y.year - 1
),
-- An inexact number (近, 余, 多, 约) is none that an equation could hold to: as where it is not stated, `incomplete`.
stated AS (
    SELECT report_id, indicator_id, applicant_type, value
    FROM w.main.facts
    WHERE
        is_primary
        AND period = 'year'
        AND qualifier = 'exact'
        AND indicator_id IN (SELECT indicator_id FROM between_terms)
        AND report_id IN (SELECT report_id FROM neighbours)
),
sides AS (
    SELECT
        p.report_id,
        p.document_id,
        t.identity_id,
        t.severity,
        s.applicant_type,
        sum(t.sign * s.value) FILTER (t.side = 'left') AS lhs,
        sum(t.sign * s.value) FILTER (t.side = 'right') AS rhs,
        count(*) FILTER (t.side = 'left') AS left_stated,
        count(*) FILTER (t.side = 'right') AS right_stated,
        any_value(format('against the report of {} ({})', p.earlier_year, p.earlier_id)) AS detail
    FROM pairs p
    JOIN between_terms t USING (generation)
    JOIN stated s
        ON s.report_id = CASE t.year_offset WHEN 0 THEN p.report_id ELSE p.earlier_id END
        AND s.indicator_id = t.indicator_id
    GROUP BY p.report_id, p.document_id, t.identity_id, t.severity, s.applicant_type
),
terms AS (
    SELECT identity_id, count(*) FILTER (side = 'left') AS left_terms, count(*) FILTER (side = 'right') AS right_terms
    FROM (SELECT DISTINCT identity_id, side, sign, indicator_id, year_offset FROM between_terms)
    GROUP BY identity_id
)
SELECT
    report_id,
    document_id,
    identity_id,
    applicant_type,
    CASE WHEN left_stated = left_terms THEN lhs END AS lhs,
    CASE WHEN right_stated = right_terms THEN rhs END AS rhs,
    CASE
        WHEN left_stated < left_terms OR right_stated < right_terms THEN 'incomplete'
        WHEN abs(lhs - rhs) < 1e-6 THEN 'pass'
        ELSE 'fail'
    END AS status,
    severity,
    detail
FROM sides
JOIN terms USING (identity_id)
ORDER BY report_id, identity_id, applicant_type;

INSERT INTO w.main.checks BY NAME
WITH shared AS (
    SELECT f.report_id, r.document_id, f.vector, f.numbers, r.year, r.publisher
    FROM w.internal.figures f
    JOIN w.main.reports r USING (report_id)
    WHERE f.report_id IN (SELECT report_id FROM sharing)
)
SELECT
    s.report_id,
    s.document_id,
    'duplicate.figures' AS identity_id,
    'total' AS applicant_type,
    NULL::DOUBLE AS lhs,
    NULL::DOUBLE AS rhs,
    'fail' AS status,
    'warning' AS severity,
    format('the same {} numbers as {} for {} ({})', s.numbers, coalesce(o.publisher, '?'), coalesce(o.year::VARCHAR, '?'), o.report_id)
        AS detail
FROM shared s
JOIN shared o ON o.vector = s.vector AND o.report_id <> s.report_id
QUALIFY row_number() OVER (PARTITION BY s.report_id ORDER BY o.year NULLS LAST, o.report_id) = 1
ORDER BY s.report_id;
