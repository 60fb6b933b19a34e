package io.nsqlops.logs.flow;

import io.nsqlops.logs.model.DocumentBatch;
import io.nsqlops.logs.sink.DeadLetter;
import io.nsqlops.logs.sink.DeadLetters;
import io.nsqlops.logs.sink.KeptLetters;
import io.nsqlops.logs.sink.KeptLetters.Kept;
import io.nsqlops.logs.sink.LogSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sends dead letters again: batch, deliver, settle. What is taken leaves, what is refused again
 * stays with its new reason.
 *
 * <p>The ids are those of the first attempt: a document that is there by now counts as taken.
 */
public final class ReplayDeadLetters {
  private final KeptLetters kept;
  private final int batchBytes;
  private long accepted;
  private long refused;

  /**
   * @param kept the letters; they stay the caller's to close
   * @param batchBytes bytes of documents sent in one request
   */
  public ReplayDeadLetters(KeptLetters kept, int batchBytes) {
    this.kept = kept;
    this.batchBytes = batchBytes;
  }

  /**
   * Sends all letters there are. May be called once.
   *
   * @param sinks makes the sink, from where to put what is refused again; closed here
   * @throws io.nsqlops.logs.error.LogsException what the sink throws: what was settled before that
   *     stays settled
   */
  public void run(Function<DeadLetters, LogSink> sinks) throws InterruptedException {
    Refusals refusals = new Refusals();
    DocumentBatch batch = new DocumentBatch(batchBytes);
    List<Kept> letters = new ArrayList<>();
    try (LogSink sink = sinks.apply(refusals)) {
      Optional<Kept> next = kept.next();
      while (next.isPresent()) {
        add(next.get(), batch);
        letters.add(next.get());
        next = kept.next();
        if (next.isEmpty() || batch.body().size() >= batchBytes) {
          sink.deliver(batch);
          List<DeadLetter> again = refusals.take();
          kept.settle(letters, again);
          refused += again.size();
          accepted += letters.size() - again.size();
          letters.clear();
          batch.clear();
        }
      }
    }
  }

  private static void add(Kept kept, DocumentBatch batch) {
    DeadLetter letter = kept.letter();
    batch.body().raw(utf8(letter.action() + '\n' + letter.document() + '\n'));
    batch.originals().raw(utf8(letter.original()));
    batch.endItem();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Documents that Elasticsearch took, now or before. */
  public long accepted() {
    return accepted;
  }

  /** Documents refused again. */
  public long refused() {
    return refused;
  }

  /** What was refused again since it was last asked. */
  private static final class Refusals implements DeadLetters {
    private final List<DeadLetter> letters = new ArrayList<>();

    @Override
    public void keep(Iterable<DeadLetter> refused) {
      refused.forEach(letters::add);
    }

    List<DeadLetter> take() {
      List<DeadLetter> taken = List.copyOf(letters);
      letters.clear();
      return taken;
    }

    @Override
    public void close() {}
  }
}
