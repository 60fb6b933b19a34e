package io.nsqlops.k8s.manifest;

import java.util.List;

/**
 * What a restore Job restores, and whether it waits to be released.
 *
 * @param backup id, unique prefix or {@code latest}
 * @param target database address, without a password
 * @param suspended whether the Job is created switched off
 */
public record RestoreRequest(String backup, String target, boolean suspended) {

  /** The latest backup back into the database it came from, once somebody releases the Job. */
  public static RestoreRequest latest(String target) {
    return new RestoreRequest("latest", target, true);
  }

  List<String> commandLine() {
    // The safe choice: a restore by Job never overwrites; who wants that does it by hand.
    return List.of("restore", backup, "--target=" + target, "--existing=fail");
  }
}
