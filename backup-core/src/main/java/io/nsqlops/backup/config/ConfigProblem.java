package io.nsqlops.backup.config;

/**
 * One thing wrong with the configuration.
 *
 * @param path YAML path, such as {@code schedule[0].cron}; empty for the document itself
 * @param message what is wrong there; never contains the value of a secret
 */
public record ConfigProblem(String path, String message) {

  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
