"""The demo site: four centres, their programmes and their people, as plain data and a loader for it.

Marks in the data: [S] stands on the page that the site starts from, [F] was found in public sources, [X] was
invented for the demo. Facts keep their dates; what is marked [X] moves with the day of loading (`clock`).
"""
