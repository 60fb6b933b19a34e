package io.nsqlops.backup.repository;

import io.nsqlops.backup.codec.ChunkSealer;
import io.nsqlops.backup.codec.ObjectDigest;
import io.nsqlops.backup.codec.Sealing;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.ObjectStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Stores and fetches chunks for one thread. */
public final class ChunkVault implements AutoCloseable {
  private static final Comparator<String> BY_NUMBER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private final ObjectStore store;
  private final ChunkSealer sealer;
  private final ObjectDigest digest;
  private final CondemnedChunks condemned;
  private final Meanwhile storing = new Meanwhile();

  ChunkVault(ObjectStore store, Sealing sealing, CondemnedChunks condemned) {
    this.store = store;
    this.condemned = condemned;
    this.sealer = sealing.newSealer();
    this.digest = sealing.newDigest();
  }

  /**
   * What became of a chunk.
   *
   * @param storedBytes of its object
   * @param isNew false if it was there already
   */
  public record Put(long storedBytes, boolean isNew) {}

  /** The id of these bytes. */
  public String id(byte[] text, int offset, int length) {
    return digest.id(text, offset, length);
  }

  /** The keyed digest of these bytes, for digests over rows. */
  public byte[] hmac(byte[] text, int offset, int length) {
    return digest.hmac(text, offset, length);
  }

  /** Whether a manifest that names this chunk is no reason to count on it. */
  public boolean maybeCondemned(String id) {
    return condemned.touches(id);
  }

  /**
   * Stores a chunk unless the store has it. Returns when it is sealed: the store works in a thread
   * of its own, on one chunk at a time, and the caller goes on reading. What fails there is thrown
   * by the next call, or by {@link #settle}.
   *
   * @param text may be used again when this returns
   * @param stored hears what became of the chunk, in one thread or the other
   * @return bytes of its object
   */
  public long put(String id, byte[] text, int length, Consumer<Put> stored) {
    if (length > Sealing.DEFAULT_MAX_PLAIN) {
      throw new OpsException(
          ErrorKind.USAGE,
          RepositoryLayout.chunk(id),
          "a row of %,d bytes is larger than a chunk may be (%,d bytes): no reader would open it"
              .formatted(length, Sealing.DEFAULT_MAX_PLAIN),
          "a backup leaves its table out with --exclude, or the row with --where; a dump has to be made"
              + " without it");
    }
    String key = RepositoryLayout.chunk(condemned.safeName(id));
    Optional<ObjectInfo> there = store.head(key);
    if (there.isPresent()) {
      stored.accept(new Put(there.get().size(), false));
      return there.get().size();
    }
    // the last one first: only one sealed chunk takes up memory
    storing.await();
    byte[] sealed = sealer.seal(key, text, 0, length);
    storing.start(
        () -> stored.accept(new Put(sealed.length, Repository.putUncommitted(store, key, sealed))));
    return sealed.length;
  }

  /** Waits until all chunks are stored, and throws what was in the way. */
  public void settle() {
    storing.await();
  }

  /**
   * The canonical text of a chunk, checked against its id.
   *
   * @throws OpsException VERIFICATION_FAILED if it is missing or not what it must be
   */
  public byte[] get(ChunkRef chunk) {
    String key = RepositoryLayout.chunk(chunk.id());
    if (chunk.inline() != null) {
      return checked(chunk, key, chunk.inline().bytes());
    }
    try {
      return fetch(chunk, key);
    } catch (OpsException e) {
      if (!isDamage(e)) {
        throw e;
      }
      return fetchOther(chunk, key, e);
    }
  }

  private byte[] fetch(ChunkRef chunk, String key) {
    byte[] sealed =
        store.get(key).orElseThrow(() -> Repository.damaged(key, "is missing from the store"));
    return checked(chunk, key, sealer.open(key, sealed));
  }

  private byte[] checked(ChunkRef chunk, String key, byte[] text) {
    if (text.length != chunk.bytes() || !id(text, 0, text.length).equals(chunk.id())) {
      throw Repository.damaged(key, "does not decode to what its name says");
    }
    return text;
  }

  /**
   * Where a chunk was stored again, because its first object was going or was damaged. Of objects
   * that are all damaged the last is told: whoever stores the chunk again goes on from its number.
   */
  private byte[] fetchOther(ChunkRef chunk, String key, OpsException damage) {
    List<String> others;
    try (Stream<ObjectInfo> listed = store.list(key + ".")) {
      others = listed.map(ObjectInfo::key).sorted(BY_NUMBER).toList();
    }
    OpsException last = damage;
    for (String other : others) {
      try {
        return fetch(chunk, other);
      } catch (OpsException e) {
        if (!isDamage(e)) {
          throw e;
        }
        last = e;
      }
    }
    throw last;
  }

  /** Whether an error says that stored data is damaged, as opposed to out of reach. */
  public static boolean isDamage(OpsException e) {
    return e.kind() == ErrorKind.VERIFICATION_FAILED;
  }

  @Override
  public void close() {
    try (sealer) {
      storing.close();
    }
  }
}
