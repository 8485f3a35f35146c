"""What an editor should look at before readers do: advice with the place to mend it, never a refusal."""
