package io.nsqlops.cli.doctor;

/**
 * What one check found.
 *
 * @param subject repository, source, target, logs or here
 * @param detail what is there, or what is wrong
 * @param hint what to do; empty if all is well
 */
public record Finding(String subject, String check, boolean ok, String detail, String hint) {}
