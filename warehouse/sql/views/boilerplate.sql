-- One row a report with sentences: how much of its prose (by characters, numbers set aside) the same body said the year before, how much is formula
-- that more than 20 bodies share, and how much another body said first; from which report most of that comes. Of two reports of one year
-- the dates of publication decide, and where there are none, nothing does: source_is_earlier is then false.
-- 每份有正文的报告一行：正文（按字数，不计数字）有多少与本机关上年相同，多少为20个以上机关共用的套话，多少由其他机关先说及主要出自哪份报告。
-- report_id: Report · 报告
-- body_id: Body · 机关
-- year: Year that the report is on · 报告年度
-- characters: Characters of its sentences · 句子总字数
-- last_year_share: Share that the body's report of the year before has, too; null where there is none · 与本机关上年报告相同之比；无上年报告者为空
-- formula_share: Share in sentences of more than 20 bodies · 20个以上机关共用句子之比
-- others_share: Share in other sentences that another body's report has first · 其他机关先说的句子之比
-- source_report_id: The report that most of these come from · 其主要来源报告
-- source_share: Share that comes from there · 出自该报告之比
-- source_is_earlier: Whether that report is known to be earlier · 该报告是否确知在先
WITH said AS (
    SELECT
        b.body_id,
        r.year,
        r.report_id,
        any_value(r.published_on) AS published_on,
        p.fingerprint,
        sum(p.characters)::BIGINT AS characters
    FROM reports r
    JOIN body_reports b USING (report_id)
    JOIN passages p USING (document_id)
    WHERE r.year IS NOT NULL
    GROUP BY b.body_id, r.year, r.report_id, p.fingerprint
),
firsts AS (
    SELECT
        fingerprint,
        count(DISTINCT body_id) AS body_count,
        arg_min(
            {'report_id': report_id, 'body_id': body_id, 'year': year, 'published_on': published_on},
            (year, coalesce(published_on, DATE '9999-12-31'), report_id)
        ) AS source
    FROM said
    GROUP BY fingerprint
    HAVING count(*) > 1
),
last_year AS (
    SELECT DISTINCT body_id, year + 1 AS year, fingerprint FROM said
),
reported AS (
    SELECT DISTINCT body_id, year + 1 AS year FROM said
),
per_source AS (
    SELECT
        s.report_id,
        s.body_id,
        s.year,
        CASE WHEN f.body_count <= 20 AND f.source.body_id <> s.body_id THEN f.source.report_id END AS source_report_id,
        CASE
            WHEN f.body_count <= 20 AND f.source.body_id <> s.body_id
            THEN f.source.year < s.year OR coalesce(f.source.published_on < s.published_on, false)
        END AS source_is_earlier,
        sum(s.characters) AS characters,
        coalesce(sum(s.characters) FILTER (l.fingerprint IS NOT NULL), 0) AS from_last_year,
        coalesce(sum(s.characters) FILTER (f.body_count > 20), 0) AS formula
    FROM said s
    LEFT JOIN firsts f USING (fingerprint)
    LEFT JOIN last_year l ON l.body_id = s.body_id AND l.year = s.year AND l.fingerprint = s.fingerprint
    GROUP BY ALL
),
per_report AS (
    SELECT
        report_id,
        body_id,
        year,
        sum(characters) AS characters,
        sum(from_last_year) AS from_last_year,
        sum(formula) AS formula,
        coalesce(sum(characters) FILTER (source_report_id IS NOT NULL), 0) AS from_others,
        arg_max(
            {'report_id': source_report_id, 'characters': characters, 'is_earlier': source_is_earlier},
            (characters, source_report_id)
        ) FILTER (source_report_id IS NOT NULL) AS source
    FROM per_source
    GROUP BY ALL
)
SELECT
    p.report_id,
    p.body_id,
    p.year,
    p.characters::BIGINT AS characters,
    CASE WHEN r.body_id IS NOT NULL THEN p.from_last_year / p.characters END AS last_year_share,
    p.formula / p.characters AS formula_share,
    p.from_others / p.characters AS others_share,
    p.source.report_id AS source_report_id,
    p.source.characters / p.characters AS source_share,
    p.source.is_earlier AS source_is_earlier
FROM per_report p
LEFT JOIN reported r ON r.body_id = p.body_id AND r.year = p.year
