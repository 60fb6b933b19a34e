package io.nsqlops.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.key.clear.ClearKeyProvider;
import io.nsqlops.backup.model.KeySet;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.memory.MemoryObjectStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class RepositoryCheckTest {
  private final MemoryObjectStore store = new MemoryObjectStore();
  private final Repository repository =
      Repository.init(
          store, new ClearKeyProvider(), KeySet.generateUnencrypted(new SecureRandom()));
  private final Checklist list = new Checklist(Clock.systemUTC());

  @Test
  void thatNothingCanBeDeletedIsNoFault() {
    check(ErrorKind.USAGE);

    assertThat(list.allWell()).isTrue();
    assertThat(details("delete")).contains("cannot be deleted").contains("only prune");
    assertThat(details("clock")).contains("agrees with ours");
  }

  @Test
  void aStoreThatFailsToDeleteIsNoMatterOfTheClock() {
    check(ErrorKind.TRANSIENT);

    assertThat(list.allWell()).isFalse();
    assertThat(details("delete")).contains("refused");
    assertThat(details("clock")).contains("agrees with ours");
  }

  private void check(ErrorKind onDelete) {
    ObjectStore undeletable =
        (ObjectStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("delete")) {
                    throw new OpsException(onDelete, "key", "refused", "a test");
                  }
                  try {
                    return method.invoke(store, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    new RepositoryCheck(list, Clock.systemUTC()).run(undeletable, repository);
  }

  private String details(String check) {
    return list.findings().stream()
        .filter(f -> f.check().equals(check))
        .map(Finding::detail)
        .reduce("", String::concat);
  }
}
