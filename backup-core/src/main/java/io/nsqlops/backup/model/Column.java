package io.nsqlops.backup.model;

/**
 * A stored column (generated ones are not read and not loaded).
 *
 * @param name as the server spells it
 * @param type the server's name of the data type without size, lower case: {@code varchar}
 * @param charset the server's name of the character set its text comes in, empty for columns that
 *     have none
 */
public record Column(String name, String type, String charset) {}
