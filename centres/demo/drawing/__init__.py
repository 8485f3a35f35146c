"""The demo's pictures, drawn from simple shapes: the same palette and motifs, no photographs of anybody."""
