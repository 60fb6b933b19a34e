CREATE USER 'native'@'%' IDENTIFIED WITH mysql_native_password BY 'old'
