"""What every floor needs to deal with the network: how often somebody may do something."""
