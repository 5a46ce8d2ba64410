"""The default models without torch: graphs that OpenVINO computes, fed with the weights that are installed anyway.

Importing torch, transformers and sentence-transformers takes longer than a comparison of two articles. So small jobs run the
two default models here, and large ones, and all other models, there; `choose.py` decides.
"""
