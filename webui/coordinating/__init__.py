"""What those who look after others see: what is due and late, inventories, recaps, letters between offices."""
