# The developer's tasks. Each finds a JDK 25 the way ./owlery does.

export JAVA_HOME := $(shell scripts/jdk25)
MVN := mvn -B -ntp
# ./owlery need not build again what was built here: see there.
BEGIN := mkdir -p launcher/target && touch launcher/target/build.stamp
DONE := mv launcher/target/build.stamp launcher/target/owlery/built

.DEFAULT_GOAL := help
.PHONY: help run test check dates fast format javadoc bench race carry soak matrix clean jdk

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: ## Start the bot (bot.conf, or a console bot without one)
	@./owlery run

test: jdk ## Everything: format, gates, unit tests, tests on real servers, the examples
	scripts/install-test-servers
	@$(BEGIN)
	$(MVN) -T 2 install
	@$(DONE)
	scripts/check-owlery
	scripts/javadoc
	@for example in examples/*/pom.xml; do \
	  [ ! -f "$$example" ] || $(MVN) -f "$$example" verify || exit 1; \
	done

check: jdk ## Format, gates and the tests that start no other program: three to six minutes
	$(MVN) -T 2 -Pcheck verify

dates: jdk ## The tests of check on other days, in another time zone and locale (DATES_GOALS=install: all tests)
	scripts/test-dates $(DATES_GOALS)

fast: jdk ## Compile and package, without tests and format check
	@$(BEGIN)
	$(MVN) -q -Pfast install
	@$(DONE)

format: jdk ## Format all Java sources
	$(MVN) -q spotless:apply

javadoc: fast ## The API's documentation (target/javadoc), and jars with it and the sources, for IDEs
	scripts/javadoc

bench: fast ## The JMH benchmarks (BENCH=a regular expression, BENCH_OPTS=options of JMH)
	"$(JAVA_HOME)/bin/java" --enable-native-access=ALL-UNNAMED -cp "benchmarks/target/lib/*" \
	  org.openjdk.jmh.Main $(BENCH_OPTS) $(BENCH)

race: fast ## Owlery beside a bare PircBotX: speed, latency, start, memory (RACE_ROUNDS=3)
	scripts/install-test-servers
	@./owlery --version >/dev/null
	"$(JAVA_HOME)/bin/java" -cp "benchmarks/target/lib/*" dev.owlery.benchmarks.echo.EchoRace . $(or $(RACE_ROUNDS),3)

carry: fast ## One large file from bot to bot, beside cat through a socket (CARRY_ROUNDS=3, CARRY_MIB=1024)
	scripts/install-test-servers
	@./owlery --version >/dev/null
	"$(JAVA_HOME)/bin/java" -cp "benchmarks/target/lib/*" dev.owlery.benchmarks.carry.CarryRace . \
	  $(or $(CARRY_ROUNDS),3) $(or $(CARRY_MIB),1024)

soak: jdk ## The proofs in full: bots and servers killed under load, half an hour
	scripts/install-test-servers
	$(MVN) -Psoak install

matrix: jdk ## Every feature on every server, as installed and crippled; writes docs/matrix.md
	scripts/install-test-servers
	$(MVN) -Pmatrix install

clean: jdk ## Remove what was built
	$(MVN) -q clean

jdk:
	@scripts/jdk25 >/dev/null
	@command -v mvn >/dev/null || { echo "Owlery needs Maven (mvn) to build. For example: apt install maven" >&2; exit 1; }
