-- The sample shop. Statements are separated by empty lines; {name} is a number of rows.
CREATE DATABASE shop CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci

CREATE DATABASE crm CHARACTER SET utf8mb4

CREATE DATABASE stats CHARACTER SET latin1

CREATE SEQUENCE shop.invoice_no START WITH 100000 INCREMENT BY 1 CACHE 50

-- stores and employees need each other: a cycle of foreign keys
CREATE TABLE shop.stores (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  city VARCHAR(60) NOT NULL,
  opened DATE NOT NULL,
  place POINT NOT NULL,
  manager_id INT UNSIGNED NULL
)

CREATE TABLE shop.employees (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  store_id INT UNSIGNED NOT NULL,
  boss_id INT UNSIGNED NULL,
  salary DECIMAL(10,2) NOT NULL,
  CONSTRAINT works_in FOREIGN KEY (store_id) REFERENCES shop.stores (id),
  CONSTRAINT reports_to FOREIGN KEY (boss_id) REFERENCES shop.employees (id)
)

ALTER TABLE shop.stores
  ADD CONSTRAINT managed_by FOREIGN KEY (manager_id) REFERENCES shop.employees (id)

CREATE TABLE shop.customers (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  full_name VARCHAR(81) GENERATED ALWAYS AS (CONCAT(first_name, ' ', last_name)) VIRTUAL,
  email VARCHAR(120) NOT NULL,
  born DATE NOT NULL DEFAULT '0000-00-00',
  level ENUM('new', 'regular', 'gold') NOT NULL,
  wants SET('mail', 'phone', 'letter') NOT NULL,
  UNIQUE KEY by_email (email),
  KEY by_name (last_name, first_name)
)

CREATE TABLE shop.products (
  sku CHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  title VARCHAR(120) NOT NULL,
  price DECIMAL(8,2) NOT NULL,
  price_with_tax DECIMAL(8,2) AS (ROUND(price * 1.19, 2)) STORED,
  weight FLOAT NOT NULL,
  volume DOUBLE NOT NULL,
  properties JSON NOT NULL,
  picture BLOB NOT NULL,
  flags BIT(9) NOT NULL,
  KEY by_price (price_with_tax)
)

CREATE TABLE shop.orders (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  customer_id INT UNSIGNED NOT NULL,
  store_id INT UNSIGNED NOT NULL,
  ordered_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  shipped_at DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00',
  state ENUM('open', 'paid', 'shipped', 'returned') NOT NULL,
  remark VARCHAR(200) NULL,
  KEY by_customer (customer_id),
  CONSTRAINT ordered_by FOREIGN KEY (customer_id) REFERENCES shop.customers (id),
  CONSTRAINT sold_by FOREIGN KEY (store_id) REFERENCES shop.stores (id)
)

CREATE TABLE shop.order_items (
  order_id BIGINT UNSIGNED NOT NULL,
  line SMALLINT UNSIGNED NOT NULL,
  sku CHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  quantity SMALLINT UNSIGNED NOT NULL,
  price DECIMAL(8,2) NOT NULL,
  PRIMARY KEY (order_id, line),
  CONSTRAINT part_of FOREIGN KEY (order_id) REFERENCES shop.orders (id) ON DELETE CASCADE,
  CONSTRAINT product FOREIGN KEY (sku) REFERENCES shop.products (sku)
)

-- written by a trigger
CREATE TABLE shop.state_changes (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  order_id BIGINT UNSIGNED NOT NULL,
  was VARCHAR(10) NOT NULL,
  became VARCHAR(10) NOT NULL
)

-- a foreign key into another database
CREATE TABLE crm.tickets (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  customer_id INT UNSIGNED NOT NULL,
  opened_at DATETIME(6) NOT NULL,
  took TIME NULL,
  text TEXT NOT NULL,
  attachment MEDIUMBLOB NULL,
  CONSTRAINT about FOREIGN KEY (customer_id) REFERENCES shop.customers (id)
)

-- no key at all, and equal rows
CREATE TABLE stats.page_views (
  day DATE NOT NULL,
  path VARCHAR(80) NOT NULL,
  agent VARBINARY(40) NOT NULL,
  millis INT NOT NULL
)

CREATE TABLE stats.`odd ``name``` (
  `key` VARCHAR(20) NOT NULL PRIMARY KEY,
  `select` YEAR NOT NULL
) COMMENT 'names need quotes'
