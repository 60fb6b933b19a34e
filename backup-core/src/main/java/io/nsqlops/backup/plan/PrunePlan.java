package io.nsqlops.backup.plan;

import java.util.List;

/**
 * Which backups stay and which go.
 *
 * @param decisions oldest first
 */
public record PrunePlan(List<Decision> decisions) {

  /**
   * @param reasons why it stays, or why it goes; never empty
   */
  public record Decision(StoredBackup backup, boolean keep, List<String> reasons) {
    public Decision {
      reasons = List.copyOf(reasons);
    }
  }

  public PrunePlan {
    decisions = List.copyOf(decisions);
  }

  public List<StoredBackup> kept() {
    return decisions.stream().filter(Decision::keep).map(Decision::backup).toList();
  }

  public List<StoredBackup> removed() {
    return decisions.stream().filter(d -> !d.keep()).map(Decision::backup).toList();
  }
}
