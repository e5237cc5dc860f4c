package dev.owlery.core.lane;

import dev.owlery.core.account.Accounts;
import dev.owlery.core.command.CommandRouter;
import dev.owlery.core.filter.Filters;
import dev.owlery.core.schedule.Timers;
import dev.owlery.core.work.Committer;

/** What every turn needs: the stations behind the lanes. */
record LaneServices(
    Timers timers,
    Filters filters,
    Handlers handlers,
    CommandRouter commands,
    Committer committer,
    Incidents incidents,
    Accounts accounts,
    LaneListener watcher) {}
