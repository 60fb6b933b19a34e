CREATE DATABASE shop

CREATE DATABASE `we``ird db`

CREATE TABLE shop.`items` (id INT PRIMARY KEY, price INT, `odd ``col` INT)

INSERT INTO shop.items VALUES (1, 10, 1), (2, 20, 2)

CREATE TABLE shop.gone (id INT)

CREATE RESOURCE GROUP IF NOT EXISTS `few rus` RU_PER_SEC=500

CREATE USER 'reader'@'%' IDENTIFIED WITH caching_sha2_password BY 'pa''ss\\ 1'

CREATE USER 'writer'@'127.0.0.1' IDENTIFIED BY 'secret'

CREATE USER 'definer'@'%' IDENTIFIED BY 'd' RESOURCE GROUP `few rus`

CREATE USER 'q''u\\o"te`x'@'10.0.0.0/255.255.255.0' IDENTIFIED BY 'x' REQUIRE SSL PASSWORD EXPIRE INTERVAL 30 DAY ACCOUNT LOCK PASSWORD HISTORY 4 PASSWORD REUSE INTERVAL 7 DAY

CREATE USER ''@'192.168.7.%'

CREATE USER 'x509'@'::1' REQUIRE X509

CREATE USER 'certificate'@'10.1.2.3' REQUIRE SUBJECT '/CN=it''s' AND ISSUER '/C=a/CN=ca' AND SAN 'DNS:a'

CREATE USER 'token'@'%' IDENTIFIED WITH 'tidb_auth_token' REQUIRE TOKEN_ISSUER 'issuer'

CREATE USER 'expired'@'%' IDENTIFIED BY 'x' PASSWORD EXPIRE

CREATE USER 'both'@'%' IDENTIFIED BY 'x' PASSWORD EXPIRE INTERVAL 9 DAY

ALTER USER 'both'@'%' PASSWORD EXPIRE

CREATE USER 'never'@'%' IDENTIFIED BY 'x' PASSWORD EXPIRE NEVER PASSWORD HISTORY 0

CREATE USER 'comment'@'%' IDENTIFIED BY 'x' COMMENT 'it''s'

CREATE USER 'attribute'@'%' IDENTIFIED BY 'x' FAILED_LOGIN_ATTEMPTS 3 PASSWORD_LOCK_TIME UNBOUNDED ATTRIBUTE '{"a": "b"}'

CREATE ROLE 'r1', 'r2'@'%', 'r`''3'@'h'

GRANT 'r1', 'r2' TO 'reader'@'%'

GRANT 'r`''3'@'h' TO 'reader'@'%'

GRANT 'r1' TO 'r2'

SET DEFAULT ROLE 'r1', 'r2' TO 'reader'@'%'

GRANT SELECT ON shop.* TO 'r2'

GRANT SELECT ON *.* TO 'writer'@'127.0.0.1'

GRANT PROCESS, RELOAD ON *.* TO 'never'@'%' WITH GRANT OPTION

GRANT BACKUP_ADMIN, RESTORE_ADMIN ON *.* TO 'never'@'%' WITH GRANT OPTION

GRANT SYSTEM_VARIABLES_ADMIN ON *.* TO 'never'@'%'

GRANT ALL ON shop.* TO 'never'@'%' WITH GRANT OPTION

GRANT SELECT ON `a\_b`.* TO 'never'@'%'

GRANT SELECT ON `a\\_b`.* TO 'never'@'%'

GRANT INSERT, DELETE ON `s%`.* TO 'never'@'%'

GRANT CREATE VIEW ON `we``ird db`.* TO 'never'@'%'

GRANT SELECT (id, `odd ``col`), INSERT (price) ON shop.items TO 'writer'@'127.0.0.1'

GRANT UPDATE ON shop.items TO 'writer'@'127.0.0.1'

GRANT DELETE ON shop.items TO 'q''u\\o"te`x'@'10.0.0.0/255.255.255.0' WITH GRANT OPTION

GRANT INSERT ON shop.items TO ''@'192.168.7.%'

GRANT SELECT ON shop.items TO 'definer'@'%'

CREATE DEFINER='definer'@'%' VIEW shop.b_mine AS SELECT id FROM shop.items

GRANT SELECT ON shop.b_mine TO 'definer'@'%'

CREATE DEFINER='definer'@'%' VIEW shop.a_top AS SELECT id FROM shop.b_mine

GRANT SELECT ON shop.a_top TO 'writer'@'127.0.0.1'

GRANT UPDATE ON shop.gone TO 'writer'@'127.0.0.1'

DROP TABLE shop.gone
