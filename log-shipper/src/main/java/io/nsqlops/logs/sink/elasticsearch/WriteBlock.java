package io.nsqlops.logs.sink.elasticsearch;

/**
 * A block that keeps Elasticsearch from writing, set by an operator or by Elasticsearch itself. It
 * may come as 403, as missing rights do, and has nothing to do with them.
 */
final class WriteBlock {
  private static final String TYPE = "cluster_block_exception";

  private WriteBlock() {}

  static boolean is(String errorType) {
    return TYPE.equals(errorType);
  }

  /** What lifts it, by the reason it comes with. */
  static String nextStep(String reason) {
    if (reason.contains("cluster read-only / allow delete")) {
      // Full disks block indices only: this one was set by somebody.
      return liftSetting("cluster.blocks.read_only_allow_delete");
    }
    if (reason.contains("read-only-allow-delete") || reason.contains("read-only / allow delete")) {
      return "A disk is too full: free space or add nodes, Elasticsearch then lifts this itself"
          + " (before 7.4: set index.blocks.read_only_allow_delete to null)";
    }
    if (reason.contains("cluster read-only")) {
      return liftSetting("cluster.blocks.read_only");
    }
    if (reason.contains("index closed")) {
      return "Open the index";
    }
    if (reason.contains("index read-only") || reason.contains("index write")) {
      return "Take index.blocks.read_only and index.blocks.write off the index, or roll its data"
          + " stream over";
    }
    if (reason.contains("not recovered") || reason.contains("no master")) {
      return "Wait until the cluster has a master and its state";
    }
    return "Lift the block in the settings of the cluster or the index";
  }

  private static String liftSetting(String name) {
    return "Set " + name + " to null, in the persistent and the transient settings";
  }
}
