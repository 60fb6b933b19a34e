package io.nsqlops.backup.model;

/**
 * Who answered.
 *
 * @param engine {@code mariadb}, {@code mysql}, {@code tidb}, …
 * @param version as the server prints it
 * @param address host and port for messages and manifests; no credentials
 */
public record ServerInfo(String engine, String version, String address) {}
