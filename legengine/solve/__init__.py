"""From a problem to a schedule: the flat model, the model half of the rules, the solver."""
