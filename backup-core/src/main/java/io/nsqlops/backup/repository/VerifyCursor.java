package io.nsqlops.backup.repository;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.nio.charset.StandardCharsets;

/**
 * Up to which chunk the last verification came that had not the time for all. Chunks are taken in
 * the order of their ids, which has nothing to do with what they hold: so several short
 * verifications, one after another, come past every chunk, also of backups made meanwhile.
 */
public final class VerifyCursor {
  private final Repository repository;

  public VerifyCursor(Repository repository) {
    this.repository = repository;
  }

  /** The id of the last chunk that was looked at; empty at first, or if that cannot be told. */
  public String last() {
    try {
      return repository
          .readSealed(RepositoryLayout.VERIFIED)
          .map(plain -> new String(plain, StandardCharsets.US_ASCII))
          .orElse("");
    } catch (OpsException e) {
      if (e.kind() != ErrorKind.VERIFICATION_FAILED) {
        throw e;
      }
      // it only says where to begin
      return "";
    }
  }

  /** Remembers where to go on. */
  public void moveTo(String chunkId) {
    repository.rewrite(RepositoryLayout.VERIFIED, chunkId.getBytes(StandardCharsets.US_ASCII));
  }
}
