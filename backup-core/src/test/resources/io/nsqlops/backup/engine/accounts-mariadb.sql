CREATE DATABASE shop

CREATE DATABASE `we``ird db`

CREATE TABLE shop.items (id INT PRIMARY KEY, price INT, `odd ``col` INT)

INSERT INTO shop.items VALUES (1, 10, 1), (2, 20, 2)

CREATE TABLE shop.gone (id INT)

CREATE SEQUENCE shop.numbers

CREATE PROCEDURE shop.p() SELECT 1

CREATE FUNCTION shop.f() RETURNS INT DETERMINISTIC RETURN 1

CREATE USER 'reader'@'%' IDENTIFIED BY 'pa''ss\\ 1'

CREATE USER 'writer'@'127.0.0.1' IDENTIFIED VIA mysql_native_password USING PASSWORD('secret') OR unix_socket

CREATE USER 'writer'@'localhost' IDENTIFIED VIA unix_socket OR mysql_native_password USING PASSWORD('secret')

CREATE USER 'definer'@'%' IDENTIFIED BY 'd'

CREATE USER 'q''u\\o"te`x'@'10.0.0.0/255.255.255.0' IDENTIFIED BY 'x' REQUIRE SSL WITH MAX_QUERIES_PER_HOUR 5 MAX_UPDATES_PER_HOUR 6 MAX_CONNECTIONS_PER_HOUR 7 MAX_USER_CONNECTIONS 8 MAX_STATEMENT_TIME 1.5 ACCOUNT LOCK PASSWORD EXPIRE INTERVAL 30 DAY

CREATE USER ''@'192.168.7.%'

CREATE USER 'x509'@'::1' REQUIRE X509

CREATE USER 'certificate'@'%.example.com' REQUIRE SUBJECT '/CN=it''s WITH GRANT OPTION' AND ISSUER '/C=a\\b/CN=ca' AND CIPHER 'AES'

CREATE USER 'expired'@'%' IDENTIFIED BY 'x' PASSWORD EXPIRE

CREATE USER 'both'@'%' IDENTIFIED BY 'x' PASSWORD EXPIRE INTERVAL 9 DAY

ALTER USER 'both'@'%' PASSWORD EXPIRE

CREATE USER 'never'@'%' IDENTIFIED BY 'x' WITH MAX_USER_CONNECTIONS -1 PASSWORD EXPIRE NEVER

CREATE USER 'invalid'@'%' IDENTIFIED VIA mysql_native_password USING 'invalid'

CREATE USER 'r1'@'%'

CREATE ROLE r1

CREATE ROLE `r'2"` WITH ADMIN r1

CREATE ROLE r3 WITH ADMIN 'reader'@'%'

GRANT r1 TO 'reader'@'%' WITH ADMIN OPTION

GRANT r1 TO 'writer'@'127.0.0.1'

SET DEFAULT ROLE r1 FOR 'reader'@'%'

GRANT SELECT ON shop.* TO r1

GRANT RELOAD ON *.* TO r1 WITH GRANT OPTION

GRANT SELECT ON *.* TO 'writer'@'127.0.0.1'

GRANT SELECT ON *.* TO 'certificate'@'%.example.com'

GRANT BINLOG MONITOR, CONNECTION ADMIN ON *.* TO 'never'@'%' WITH GRANT OPTION

GRANT ALL ON shop.* TO 'never'@'%' WITH GRANT OPTION

GRANT SELECT ON `a\_b`.* TO 'never'@'%'

GRANT SELECT ON `a\\_b`.* TO 'never'@'%'

GRANT INSERT, DELETE HISTORY ON `s%`.* TO 'never'@'%'

GRANT CREATE VIEW ON `we``ird db`.* TO 'never'@'%'

GRANT SELECT (id, `odd ``col`), INSERT (price), UPDATE ON shop.items TO 'writer'@'127.0.0.1'

GRANT SELECT ON shop.numbers TO 'writer'@'127.0.0.1'

GRANT DELETE ON shop.items TO 'q''u\\o"te`x'@'10.0.0.0/255.255.255.0' WITH GRANT OPTION

GRANT EXECUTE ON PROCEDURE shop.p TO 'writer'@'127.0.0.1'

GRANT EXECUTE, ALTER ROUTINE ON FUNCTION shop.f TO 'writer'@'127.0.0.1' WITH GRANT OPTION

GRANT INSERT, SELECT (id, price) ON shop.items TO ''@'192.168.7.%'

GRANT PROXY ON 'q''u\\o"te`x'@'10.0.0.0/255.255.255.0' TO 'never'@'%'

GRANT PROXY ON 'reader'@'%' TO 'never'@'%' WITH GRANT OPTION

GRANT SELECT ON shop.items TO 'definer'@'%'

CREATE DEFINER='definer'@'%' VIEW shop.b_mine AS SELECT id FROM shop.items

GRANT SELECT ON shop.b_mine TO 'definer'@'%'

CREATE DEFINER='definer'@'%' VIEW shop.a_top AS SELECT id FROM shop.b_mine

GRANT SELECT ON shop.a_top TO 'writer'@'127.0.0.1'

GRANT UPDATE ON shop.gone TO 'writer'@'127.0.0.1'

DROP TABLE shop.gone
