package dev.owlery.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {
  private final ByteBudget budget = new ByteBudget(100, 40);

  @Test
  void allClientsTogetherTakeNoMoreThanTheTotal() {
    List<ByteBudget.Lease> leases = new ArrayList<>();
    for (int client = 0; client < 5; client++) {
      leases.add(budget.lease("client-" + client));
    }
    assertThat(leases.stream().filter(lease -> lease.take(30))).hasSize(3);
    assertThat(budget.used()).isEqualTo(90);
    leases.forEach(ByteBudget.Lease::close);
    assertThat(budget.used()).isZero();
  }

  @Test
  void oneClientTakesNoMoreThanItsShare() {
    ByteBudget.Lease first = budget.lease("ann");
    ByteBudget.Lease second = budget.lease("ann");
    assertThat(first.take(30)).isTrue();
    assertThat(second.take(11)).isFalse();
    assertThat(second.take(10)).isTrue();
    assertThat(budget.lease("bob").take(40)).isTrue();
    first.close();
    assertThat(second.take(30)).isTrue();
  }

  @Test
  void aSingleBodyMayBeLargerThanTheShare() {
    ByteBudget.Lease only = budget.lease("ann");
    assertThat(only.take(60)).isTrue();
    assertThat(only.take(40)).isTrue();
    assertThat(only.take(1)).isFalse();
    assertThat(budget.lease("ann").take(1)).isFalse();
  }

  @Test
  void whoHasProvenThemselvesCountsNoMore() {
    try (ByteBudget.Lease lease = budget.lease("ann")) {
      assertThat(lease.take(40)).isTrue();
      lease.waive();
      assertThat(budget.used()).isZero();
      assertThat(lease.take(1_000)).isTrue();
    }
    assertThat(budget.used()).isZero();
  }

  @Test
  void manyThreadsLeaveNothingBehind() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 2_000; i++) {
        String client = "client-" + i % 7;
        threads.execute(() -> {
          try (ByteBudget.Lease lease = budget.lease(client)) {
            while (lease.take(7)) {
              assertThat(budget.used()).isBetween(0L, 100L);
            }
          }
        });
      }
    }
    assertThat(budget.used()).isZero();
  }
}
