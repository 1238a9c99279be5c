-- One row a number of a body that it states for the year before, too: both, and the change where both count the same thing.
-- Where the forms differ in what they count, change and ratio are null and the reason stands beside them; they are null, too, where one of
-- the numbers is stated as about, at least or at most.
-- 机关连续两年均载明的数字每项一行：两年数值；口径相同者给出变化，口径不同者变化为空并注明理由；任一数值为约数或上下限者，变化亦为空。
-- body_id: Body · 机关
-- year: The later year · 后一年度
-- indicator_id: Indicator · 指标
-- applicant_type: Kind of applicant · 申请人类别
-- previous_value: Value of the year before · 上一年度数值
-- value: Value of the year · 本年度数值
-- comparability: same, wider, narrower or not_comparable · 相同、较宽、较窄或不可比
-- change: value less previous_value; null where not the same thing, or not exact · 增减；口径不同或非确数者为空
-- ratio: value by previous_value; null where not the same thing, not exact, or by 0 · 比值；口径不同、非确数或除数为0者为空
-- reason: Why not the same, in English · 不同的理由（英文）
-- reason_zh: Why not the same, in Chinese · 不同的理由（中文）
-- fact_id: Fact of the year · 本年度的事实
-- previous_fact_id: Fact of the year before · 上一年度的事实
-- qualifier: How exactly value is stated · 本年度数值表述的精确程度
-- previous_qualifier: How exactly previous_value is stated · 上一年度数值表述的精确程度
WITH numbers AS (
    SELECT y.body_id, y.year, y.generation, f.indicator_id, f.applicant_type, f.value, f.fact_id, f.qualifier
    FROM body_years y
    JOIN facts f USING (report_id)
    WHERE f.is_primary AND f.period = 'year'
)
SELECT
    n.body_id,
    n.year,
    n.indicator_id,
    n.applicant_type,
    p.value AS previous_value,
    n.value,
    coalesce(c.comparability, 'not_comparable') AS comparability,
    CASE
        WHEN c.comparability = 'same' AND n.qualifier = 'exact' AND p.qualifier = 'exact' THEN n.value - p.value
    END AS change,
    CASE
        WHEN c.comparability = 'same' AND n.qualifier = 'exact' AND p.qualifier = 'exact' THEN n.value / nullif(p.value, 0)
    END AS ratio,
    CASE WHEN c.comparability IS NULL THEN 'the form of one of the reports is not known' ELSE c.reason END AS reason,
    CASE WHEN c.comparability IS NULL THEN '其中一份报告的格式不明' ELSE c.reason_zh END AS reason_zh,
    n.fact_id,
    p.fact_id AS previous_fact_id,
    n.qualifier,
    p.qualifier AS previous_qualifier
FROM numbers n
JOIN numbers p
    ON p.body_id = n.body_id
    AND p.year = n.year - 1
    AND p.indicator_id = n.indicator_id
    AND p.applicant_type = n.applicant_type
LEFT JOIN comparisons c
    ON c.indicator_id = n.indicator_id AND c.generation = n.generation AND c.previous_generation = p.generation
