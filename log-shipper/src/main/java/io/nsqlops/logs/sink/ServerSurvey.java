package io.nsqlops.logs.sink;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server that documents are for says when it is asked beforehand.
 *
 * @param described its version and its cluster, or why it does not tell
 * @param time by its clock, null if it does not tell
 * @param lacking rights we have not, each with its data stream
 * @param rightsTold whether it told of our rights: a server without security does not
 * @param template what is known of the index template
 * @param blocks what keeps the whole cluster from writing; empty too if it does not tell
 * @param plainIndices indices that have the name of a data stream and are none
 */
public record ServerSurvey(
    String described,
    @Nullable Instant time,
    List<String> lacking,
    boolean rightsTold,
    Template template,
    List<Block> blocks,
    List<String> plainIndices) {
  /** Whether our index template is there. */
  public enum Template {
    INSTALLED,
    MISSING,
    NOT_TOLD
  }

  /**
   * A block.
   *
   * @param liftedBy what lifts it
   */
  public record Block(String reason, String liftedBy) {}

  public ServerSurvey {
    lacking = List.copyOf(lacking);
    blocks = List.copyOf(blocks);
    plainIndices = List.copyOf(plainIndices);
  }
}
