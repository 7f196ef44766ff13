-- A supermarket chain's pricing data. Drawn by arithmetic from row numbers, so that every load gives the same rows; days
-- are counted back from the day of loading.
CREATE TABLE products (
    upc_code TEXT PRIMARY KEY,
    product_name TEXT NOT NULL,
    brand TEXT,
    category_level_1 TEXT,
    category_level_2 TEXT,
    category_level_3 TEXT,
    package_size TEXT,
    unit_of_measure TEXT,
    cost REAL,
    base_price REAL,
    price_family TEXT,
    created_date DATE DEFAULT CURRENT_DATE
);
CREATE TABLE stores (
    store_id TEXT PRIMARY KEY,
    store_name TEXT NOT NULL,
    city TEXT,
    state TEXT,
    region TEXT,
    store_type TEXT,
    size_sqft INTEGER,
    opened_date DATE
);
CREATE TABLE pricing (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    upc_code TEXT REFERENCES products(upc_code),
    store_id TEXT REFERENCES stores(store_id),
    price_date DATE,
    current_price REAL,
    suggested_price REAL,
    price_family TEXT,
    pricing_strategy TEXT,
    price_change_reason TEXT,
    units_impact REAL,
    revenue_impact REAL
);
CREATE TABLE elasticity (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    upc_code TEXT REFERENCES products(upc_code),
    category_level_2 TEXT,
    elasticity_value REAL,
    elasticity_category TEXT,
    confidence_level REAL,
    last_updated DATE
);
CREATE TABLE competitive_pricing (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    upc_code TEXT REFERENCES products(upc_code),
    competitor_name TEXT,
    competitor_price REAL,
    our_price REAL,
    price_gap REAL,
    observation_date DATE
);
CREATE TABLE sales_data (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    upc_code TEXT REFERENCES products(upc_code),
    store_id TEXT REFERENCES stores(store_id),
    sale_date DATE,
    units_sold INTEGER,
    unit_price REAL,
    revenue REAL,
    promotion_flag INTEGER
);
CREATE TABLE margin_analysis (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    upc_code TEXT REFERENCES products(upc_code),
    analysis_date DATE,
    revenue REAL,
    cost_of_goods REAL,
    gross_margin REAL,
    margin_percentage REAL
);
CREATE TABLE price_changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    upc_code TEXT REFERENCES products(upc_code),
    store_id TEXT REFERENCES stores(store_id),
    change_date DATE,
    old_price REAL,
    new_price REAL,
    change_percentage REAL,
    change_reason TEXT
);

INSERT INTO products
WITH RECURSIVE
kinds(k, department, category, subcategory, name, size, unit, price) AS (VALUES
    (0, 'Frozen',    'Frozen Food',   'Ice Cream',      'Vanilla Ice Cream',  '48',  'oz', 5.99),
    (1, 'Frozen',    'Frozen Food',   'Frozen Pizza',   'Pepperoni Pizza',    '22',  'oz', 7.49),
    (2, 'Frozen',    'Frozen Food',   'Vegetables',     'Frozen Peas',        '16',  'oz', 2.29),
    (3, 'Dairy',     'Milk & Cream',  'Milk',           'Whole Milk',         '1',   'gal', 3.89),
    (4, 'Dairy',     'Cheese',        'Sliced Cheese',  'Cheddar Slices',     '12',  'oz', 4.59),
    (5, 'Dairy',     'Yogurt',        'Greek Yogurt',   'Greek Yogurt',       '32',  'oz', 5.29),
    (6, 'Beverages', 'Soft Drinks',   'Cola',           'Cola',               '12',  'pack', 6.99),
    (7, 'Beverages', 'Juice',         'Orange Juice',   'Orange Juice',       '52',  'oz', 4.19),
    (8, 'Beverages', 'Coffee',        'Ground Coffee',  'Ground Coffee',      '24',  'oz', 11.99),
    (9, 'Snacks',    'Chips',         'Potato Chips',   'Potato Chips',       '8',   'oz', 3.49),
    (10, 'Snacks',   'Cookies',       'Chocolate Chip', 'Chocolate Cookies',  '13',  'oz', 4.29),
    (11, 'Household', 'Paper Goods',  'Paper Towels',   'Paper Towels',       '6',   'roll', 9.99)),
brands(b, brand, factor) AS (VALUES (0, 'Northfield', 1.0), (1, 'Harvest Lane', 1.18), (2, 'ValueMart', 0.79),
    (3, 'Golden Acre', 1.32), (4, 'Bluebird', 1.07))
SELECT printf('0%011d', 41200000000 + k * 7001 + b * 613), brand || ' ' || name, brand, department, category, subcategory,
       size, unit, round(price * factor * (0.58 + ((k * 5 + b * 3) % 11) / 50.0), 2), round(price * factor, 2),
       'PF-' || substr(department, 1, 3) || '-' || (k % 3 + 1), date('2022-01-10', '+' || ((k * 53 + b * 191) % 900) || ' days')
FROM kinds CROSS JOIN brands ORDER BY k, b;

INSERT INTO stores VALUES
    ('S001', 'Downtown Market',   'New York',      'NY', 'Northeast', 'Urban',     18000, '2008-05-01'),
    ('S002', 'Brooklyn Heights',  'New York',      'NY', 'Northeast', 'Urban',     15000, '2012-09-15'),
    ('S003', 'Back Bay',          'Boston',        'MA', 'Northeast', 'Urban',     21000, '2010-03-20'),
    ('S004', 'Lakeview',          'Chicago',       'IL', 'Midwest',   'Suburban',  34000, '2006-11-02'),
    ('S005', 'Oak Park',          'Chicago',       'IL', 'Midwest',   'Suburban',  30500, '2015-07-08'),
    ('S006', 'Riverside',         'Columbus',      'OH', 'Midwest',   'Supercenter', 62000, '2018-04-12'),
    ('S007', 'Peachtree',         'Atlanta',       'GA', 'South',     'Suburban',  38000, '2009-02-17'),
    ('S008', 'Galleria',          'Houston',       'TX', 'South',     'Supercenter', 71000, '2016-10-30'),
    ('S009', 'Hill Country',      'Austin',        'TX', 'South',     'Suburban',  33000, '2019-06-21'),
    ('S010', 'Mission',           'San Francisco', 'CA', 'West',      'Urban',     14500, '2011-08-05'),
    ('S011', 'Capitol Hill',      'Seattle',       'WA', 'West',      'Urban',     16500, '2014-01-25'),
    ('S012', 'Desert Ridge',      'Phoenix',       'AZ', 'West',      'Supercenter', 66000, '2024-03-03');

INSERT INTO pricing (upc_code, store_id, price_date, current_price, suggested_price, price_family, pricing_strategy,
                     price_change_reason, units_impact, revenue_impact)
SELECT upc_code, store_id, date('now', '-' || ((p * 7 + s * 3) % 60) || ' days'),
       round(base_price * (0.95 + (p * 3 + s) % 11 / 100.0), 2), round(base_price * (0.93 + (p * 5 + s * 2) % 16 / 100.0), 2),
       price_family, CASE (p + s) % 3 WHEN 0 THEN 'EDLP' WHEN 1 THEN 'High-Low' ELSE 'Competitive' END,
       CASE (p * 2 + s) % 4 WHEN 0 THEN 'Cost increase' WHEN 1 THEN 'Competitor match' WHEN 2 THEN 'Promotion' END,
       round(((p * 13 + s * 7) % 41 - 20) / 2.0, 1), round(((p * 17 + s * 11) % 301 - 150) * 1.5, 2)
FROM (SELECT *, row_number() OVER (ORDER BY upc_code) AS p FROM products)
CROSS JOIN (SELECT store_id, row_number() OVER (ORDER BY store_id) AS s FROM stores)
ORDER BY p, s;

INSERT INTO elasticity (upc_code, category_level_2, elasticity_value, elasticity_category, confidence_level, last_updated)
SELECT upc_code, category_level_2, value, CASE WHEN value <= -1.5 THEN 'Highly elastic' WHEN value <= -1 THEN 'Elastic'
       ELSE 'Inelastic' END, round(0.6 + p * 7 % 40 / 100.0, 2), date('now', '-' || (p * 11 % 90) || ' days')
FROM (SELECT upc_code, category_level_2, p, round(-0.3 - p * 37 % 230 / 100.0, 2) AS value
      FROM (SELECT *, row_number() OVER (ORDER BY upc_code) AS p FROM products))
ORDER BY p;

INSERT INTO competitive_pricing (upc_code, competitor_name, competitor_price, our_price, price_gap, observation_date)
SELECT upc_code, competitor, theirs, base_price, round(base_price - theirs, 2), seen
FROM (SELECT upc_code, base_price, competitor, round(base_price * (0.88 + (p * 7 + c * 5 + w * 3) % 25 / 100.0), 2) AS theirs,
             date('now', '-' || (w * 14 + p % 5) || ' days') AS seen, p, c, w
      FROM (SELECT *, row_number() OVER (ORDER BY upc_code) AS p FROM products)
      CROSS JOIN (SELECT 1 AS c, 'FreshCo' AS competitor UNION ALL SELECT 2, 'MegaMart' UNION ALL SELECT 3, 'Corner Grocer')
      CROSS JOIN (SELECT 0 AS w UNION ALL SELECT 1))
ORDER BY p, c, w;

INSERT INTO sales_data (upc_code, store_id, sale_date, units_sold, unit_price, revenue, promotion_flag)
WITH RECURSIVE week(w) AS (SELECT 0 UNION ALL SELECT w + 1 FROM week WHERE w < 25),
drawn AS (
    SELECT upc_code, store_id, date('now', '-' || (w * 7 + (p + s) % 7) || ' days') AS day,
           4 + (p * 11 + s * 17 + w * 5) % 60 + CASE WHEN (p + w) % 6 = 0 THEN 25 ELSE 0 END AS units,
           round(base_price * CASE WHEN (p + w) % 6 = 0 THEN 0.85 ELSE 1.0 END, 2) AS price,
           CASE WHEN (p + w) % 6 = 0 THEN 1 ELSE 0 END AS promotion, p, s, w
    FROM (SELECT *, row_number() OVER (ORDER BY upc_code) AS p FROM products)
    CROSS JOIN (SELECT store_id, row_number() OVER (ORDER BY store_id) AS s FROM stores)
    CROSS JOIN week
    WHERE (p * 5 + s * 7) % 6 = 0 AND p <> 60 AND s <> 12)
SELECT upc_code, store_id, day, units, price, round(units * price, 2), promotion FROM drawn ORDER BY w DESC, p, s;

INSERT INTO margin_analysis (upc_code, analysis_date, revenue, cost_of_goods, gross_margin, margin_percentage)
SELECT upc_code, day, revenue, cost, round(revenue - cost, 2), round(100.0 * (revenue - cost) / revenue, 1)
FROM (SELECT upc_code, date('now', 'start of month', '-' || m || ' months') AS day,
             round(base_price * (200 + (p * 31 + m * 17) % 400), 2) AS revenue,
             round(cost * (200 + (p * 31 + m * 17) % 400), 2) AS cost, p, m
      FROM (SELECT *, row_number() OVER (ORDER BY upc_code) AS p FROM products)
      CROSS JOIN (SELECT 0 AS m UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3))
ORDER BY m DESC, p;

INSERT INTO price_changes (upc_code, store_id, change_date, old_price, new_price, change_percentage, change_reason)
SELECT upc_code, store_id, date('now', '-' || ((p * 13 + s * 29) % 365) || ' days'), base_price,
       round(base_price * (1 + percent / 100.0), 2), percent,
       CASE WHEN percent < 0 THEN CASE (p + s) % 2 WHEN 0 THEN 'Promotion' ELSE 'Competitor match' END
            ELSE CASE (p + s) % 3 WHEN 0 THEN 'Cost increase' WHEN 1 THEN 'Inflation' ELSE 'Rounding' END END
FROM (SELECT upc_code, store_id, base_price, p, s, ((p * 7 + s * 3) % 31) - 15.0 AS percent
      FROM (SELECT *, row_number() OVER (ORDER BY upc_code) AS p FROM products)
      CROSS JOIN (SELECT store_id, row_number() OVER (ORDER BY store_id) AS s FROM stores)
      WHERE (p + s * 2) % 4 = 0)
ORDER BY p, s;

CREATE INDEX sales_by_product ON sales_data(upc_code);
CREATE INDEX sales_by_store ON sales_data(store_id);
