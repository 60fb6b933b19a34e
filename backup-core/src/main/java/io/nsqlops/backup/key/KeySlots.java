package io.nsqlops.backup.key;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.KeySet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The slots of one repository, tried in turn. */
public final class KeySlots {
  /** A slot that opened: its object key, and what was in it. */
  public record Opened(String key, KeySet keys) {}

  private static final class Candidate {
    private final String key;
    private final byte[] document;
    private final int primary;

    Candidate(Map.Entry<String, byte[]> slot) {
      this.key = slot.getKey();
      this.document = slot.getValue();
      this.primary = primaryOf(slot.getValue());
    }

    String key() {
      return key;
    }
  }

  /** Newest keys first: while data keys are being replaced, slots with the old ones are there. */
  private static final Comparator<Candidate> NEWEST_FIRST =
      Comparator.comparingInt((Candidate c) -> -c.primary).thenComparing(Candidate::key);

  private KeySlots() {}

  /** A new slot document. */
  public static byte[] wrap(KeyProvider provider, KeySet keys, String repositoryId, String label) {
    return KeySlot.describedAs(provider.wrap(keys, repositoryId), label, keys.primary());
  }

  /**
   * The first slot that opens.
   *
   * @param slots documents by object key
   * @throws OpsException WRONG_KEY if none opens
   */
  public static Opened unwrap(KeyProvider provider, Map<String, byte[]> slots, String repository) {
    @Nullable OpsException last = null;
    for (Candidate slot : candidates(provider, slots)) {
      try {
        return new Opened(slot.key, provider.unwrap(slot.document, repository));
      } catch (OpsException e) {
        last = requireWrongKey(e);
      }
    }
    if (last != null) {
      throw last;
    }
    throw noSlot(provider, kinds(slots));
  }

  /** All slots that open, by object key. */
  public static SortedMap<String, KeySet> opening(
      KeyProvider provider, Map<String, byte[]> slots, String repository) {
    SortedMap<String, KeySet> opening = new TreeMap<>();
    for (Candidate slot : candidates(provider, slots)) {
      try {
        opening.put(slot.key, provider.unwrap(slot.document, repository));
      } catch (OpsException e) {
        requireWrongKey(e);
      }
    }
    return opening;
  }

  private static List<Candidate> candidates(KeyProvider provider, Map<String, byte[]> slots) {
    return slots.entrySet().stream()
        .filter(slot -> kindOf(slot.getValue()).equals(provider.kind()))
        .map(Candidate::new)
        .sorted(NEWEST_FIRST)
        .toList();
  }

  /** A slot that does not open is passed over; a key service that does not answer is told. */
  private static OpsException requireWrongKey(OpsException e) {
    if (e.kind() != ErrorKind.WRONG_KEY) {
      throw e;
    }
    return e;
  }

  private static OpsException noSlot(KeyProvider provider, SortedSet<String> kinds) {
    return new OpsException(
        ErrorKind.WRONG_KEY,
        "keys/",
        given(provider.kind()) + ", but " + needed(kinds),
        hint(kinds));
  }

  private static String given(String kind) {
    return switch (kind) {
      case "passphrase" -> "a passphrase was given";
      case "kms" -> "a KMS key was named";
      default -> "neither a passphrase nor a KMS key was given";
    };
  }

  private static String needed(SortedSet<String> kinds) {
    List<String> opening = new ArrayList<>();
    if (kinds.contains("passphrase")) {
      opening.add("a passphrase");
    }
    if (kinds.contains("kms")) {
      opening.add("a KMS key");
    }
    if (!opening.isEmpty()) {
      return "the repository is opened by " + String.join(" or ", opening);
    }
    if (kinds.contains("clear")) {
      return "the repository is not encrypted";
    }
    return kinds.isEmpty() ? "the repository has no keys" : "its keys are damaged";
  }

  private static String hint(SortedSet<String> kinds) {
    if (kinds.contains("clear")) {
      return "This repository is not encrypted: run without a passphrase or KMS key.";
    }
    if (kinds.contains("passphrase")) {
      return "This repository is encrypted: give its passphrase by NSQL_OPS_PASSPHRASE or"
          + " --passphrase-file.";
    }
    if (kinds.contains("kms")) {
      return "This repository is encrypted: name its key by --kms-key; `nsql-ops key list` shows"
          + " which.";
    }
    return "Restore the objects under keys/: without them nothing can be read.";
  }

  private static SortedSet<String> kinds(Map<String, byte[]> slots) {
    SortedSet<String> kinds = new TreeSet<>();
    slots.values().forEach(slot -> kinds.add(kindOf(slot)));
    return kinds;
  }

  /** The kind of a slot, {@code damaged} for what is none. */
  public static String kindOf(byte[] document) {
    try {
      return KeySlot.describe(document).kind();
    } catch (OpsException e) {
      return "damaged";
    }
  }

  /** Id of the newest data key that a slot says is inside, 0 if it does not say. */
  public static int primaryOf(byte[] document) {
    try {
      return KeySlot.describe(document).primary();
    } catch (OpsException e) {
      return 0;
    }
  }
}
